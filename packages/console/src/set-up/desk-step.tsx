import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Pairing } from '../front-desks/pairing/pairing.tsx';
import { useSession } from '../session/session.tsx';
import { Presence } from '../state/presence.tsx';
import { useTexts } from '../texts/texts.ts';
import classes from './set-up.module.css';
import type { StepProps } from './step-props.ts';
import * as texts from './texts.ts';
import { desksOfSetUp } from './use-progress.ts';

/** The computer that encoders are plugged into, paired by a code. */
export function DeskStep({ frame, goOn }: StepProps) {
  const t = useTexts(texts);
  const { property } = useSession();
  const { data: desks = [] } = useQuery(desksOfSetUp(property.id));
  return frame({
    title: t('desk.title'),
    about: t('desk.about'),
    children: (
      <div className={classes.form}>
        <Pairing />
        {desks.length > 0 && (
          <section>
            <h2>{t('desk.there')}</h2>
            <ul className={classes.list}>
              {desks.map((desk) => (
                <li key={desk.id}>
                  <span>
                    <b>
                      <bdi>{desk.name}</bdi>
                    </b>{' '}
                    <span className={classes.muted}>{t('desk.encoders', { count: desk.encoders.length })}</span>
                  </span>
                  <Presence there={desk.connected}>{t(desk.connected ? 'desk.online' : 'desk.offline')}</Presence>
                </li>
              ))}
            </ul>
          </section>
        )}
        <div className={classes.actions}>
          <Button size="md" {...(desks.length > 0 && { variant: 'filled' })} onClick={goOn}>
            {t(desks.length > 0 ? 'goOn' : 'later')}
          </Button>
        </div>
      </div>
    ),
  });
}
