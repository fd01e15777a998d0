import type { ReactNode } from 'react';
import { Languages } from '../entrance/entrance.tsx';
import * as entranceTexts from '../entrance/texts.ts';
import { Icon } from '../icon/icon.tsx';
import { useTitle } from '../page/page.tsx';
import { useSigns } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import icon from '../theme/icon.svg';
import classes from './set-up.module.css';
import { STEPS, type StepName } from './steps.ts';
import * as texts from './texts.ts';

/** A step as the list shows it. */
export interface ListedStep {
  readonly done: boolean;
  /** What is there already, or how long it takes. */
  readonly about: string;
}

interface FrameProps {
  readonly current: StepName | null;
  readonly steps: Readonly<Record<StepName, ListedStep>>;
  /** Goes to a step; null where one can't go there now. */
  readonly goTo: (step: StepName) => (() => void) | null;
  readonly foot: ReactNode;
  readonly title: string;
  readonly about: string;
  /** Beside the step, on a wide screen. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of the set-up: its steps, the one that is being done, and what it gives. */
export function SetUpFrame({ current, steps, goTo, foot, title, about, aside, children }: FrameProps) {
  const t = useTexts(texts);
  const entrance = useTexts(entranceTexts);
  useTitle(title);
  return (
    <div className={aside ? classes.wide : classes.setUp}>
      <aside className={classes.rail}>
        <p className={classes.brand}>
          <img src={icon} alt="" width="28" height="28" />
          <b>Keyrack</b>
        </p>
        <nav aria-label={t('listLabel')}>
          <ol>
            {STEPS.map((step, at) => (
              <Step
                key={step}
                name={step}
                number={at + 1}
                step={steps[step]}
                isCurrent={step === current}
                go={goTo(step)}
              />
            ))}
          </ol>
        </nav>
        <div className={classes.foot}>
          {foot}
          <Languages label={entrance('language')} />
        </div>
      </aside>
      <main id="main" className={classes.main}>
        <div className={classes.step}>
          <h1>{title}</h1>
          <p className={classes.about}>{about}</p>
          {children}
        </div>
      </main>
      {aside && <div className={classes.beside}>{aside}</div>}
    </div>
  );
}

function Step(props: {
  readonly name: StepName;
  readonly number: number;
  readonly step: ListedStep;
  readonly isCurrent: boolean;
  readonly go: (() => void) | null;
}) {
  const t = useTexts(texts);
  const { colon } = useSigns();
  const { name, number, step, isCurrent, go } = props;
  const content = (
    <>
      <i data-done={step.done} aria-hidden="true">
        {step.done ? <Icon name="ok" size={14} /> : number}
      </i>
      <span>
        <b>{t(`steps.${name}`)}</b>
        <span className={classes.small}>
          {step.done && (
            <span className={classes.hidden}>
              {t('isDone')}
              {colon}
            </span>
          )}
          {step.about}
        </span>
      </span>
    </>
  );
  return (
    <li>
      {go === null || isCurrent ? (
        <div className={classes.item} {...(isCurrent && { 'aria-current': 'step' as const })}>
          {content}
        </div>
      ) : (
        <button type="button" className={classes.item} onClick={go}>
          {content}
        </button>
      )}
    </li>
  );
}
