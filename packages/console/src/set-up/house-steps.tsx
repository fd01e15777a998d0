import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { CardStep } from './card-step.tsx';
import { DeskStep } from './desk-step.tsx';
import { hideSetUp } from './hidden-set-up.ts';
import { MembersStep } from './members-step.tsx';
import { RoomsStep } from './rooms-step.tsx';
import classes from './set-up.module.css';
import { type ListedStep, SetUpFrame } from './set-up-frame.tsx';
import type { StepProps } from './step-props.ts';
import { HOUSE_STEPS, type HouseStep, isHouseStep, nextStep, type StepName, stepAfter } from './steps.ts';
import * as texts from './texts.ts';
import { type Progress, useProgress } from './use-progress.ts';

/** The steps that are done at a property. Each can be left, and is taken up again by what is there. */
export function HouseSteps() {
  const t = useTexts(texts);
  const { property, me } = useSession();
  const navigate = useNavigate();
  const progress = useProgress(property.id);
  const { done, facts, error } = progress;
  /** Where somebody is; null until it is known. A step that gets done while they look at it stays: they go on themselves. */
  const [chosen, setChosen] = useState<HouseStep | 'finished' | null>(null);
  if (error !== null && done === null) return <Failure error={error} />;
  if (done === null) return <Bones />;
  const current = chosen ?? nextStep(done) ?? 'finished';
  if (chosen === null) setChosen(current);
  const steps = {
    owner: { done: true, about: me.name },
    property: { done: true, about: property.name },
    ...listed(progress, t),
  } as Record<StepName, ListedStep>;
  const frame: StepProps['frame'] = ({ title, about, aside, children }) => (
    <SetUpFrame
      current={current === 'finished' ? null : current}
      steps={steps}
      goTo={(step) => (isHouseStep(step) ? () => setChosen(step) : null)}
      foot={
        <>
          <p>{t('leave')}</p>
          <div>
            <Button size="xs" onClick={() => void navigate({ to: '/' })}>
              {t('toDesk')}
            </Button>
          </div>
          <div>
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => {
                hideSetUp(property.id);
                void navigate({ to: '/' });
              }}
            >
              {t('hide')}
            </Button>
          </div>
        </>
      }
      title={title}
      about={about}
      aside={aside}
    >
      {children}
    </SetUpFrame>
  );
  const goOn = () => setChosen(current === 'finished' ? 'finished' : (stepAfter(current) ?? 'finished'));
  switch (current) {
    case 'rooms':
      return <RoomsStep frame={frame} goOn={goOn} there={facts.rooms ?? 0} />;
    case 'desk':
      return <DeskStep frame={frame} goOn={goOn} />;
    case 'members':
      return <MembersStep frame={frame} goOn={goOn} />;
    case 'card':
      return <CardStep frame={frame} goOn={goOn} />;
    case 'finished':
      return frame({
        title: t('finished.title'),
        about: t('finished.about'),
        children: (
          <div className={classes.actions}>
            <Button variant="filled" size="md" onClick={() => void navigate({ to: '/' })}>
              {t('toDesk')}
            </Button>
          </div>
        ),
      });
  }
}

function listed(
  { done, facts }: Progress,
  t: ReturnType<typeof useTexts<typeof texts.english>>,
): Record<HouseStep, ListedStep> {
  const counts = { rooms: facts.rooms, desk: facts.desks, members: facts.members, card: 1 };
  return Object.fromEntries(
    HOUSE_STEPS.map((step) => {
      if (done?.[step] !== true) return [step, { done: false, about: t(`rest.${step}`) }];
      const about = step === 'card' ? t('done.card') : t(`done.${step}`, { count: counts[step] ?? 0 });
      return [step, { done: true, about }];
    }),
  ) as Record<HouseStep, ListedStep>;
}
