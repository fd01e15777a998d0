import { Button, Progress } from '@mantine/core';
import { explainProblem } from '../problem/explain-problem.ts';
import { Note } from '../state/note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import classes from './house.module.css';
import type { ManyRooms } from './many-rooms.ts';
import { cardsOf } from './remove-rooms.tsx';
import * as texts from './texts.ts';

/** Reasons that are told one by one; of more, how many. */
const TOLD = 20;

/** How far many rooms are, and which couldn't be done. */
export function ManyRoomsProgress(props: {
  readonly run: ManyRooms;
  readonly onStop: () => void;
  readonly onClear: () => void;
}) {
  const t = useTexts(texts);
  const times = useTimes();
  const { language } = useLanguage();
  const { what, of, done, undone, state } = props.run;
  const told = t('manyDone', { what, done, of });
  return (
    <div className={classes.many}>
      <Note meaning={undone.length > 0 || state === 'stopped' ? 'warn' : state === 'ended' ? 'good' : 'accent'}>
        <p role="status">
          <b>{state === 'stopped' ? t('manyStopped', { what, done, of }) : told}</b>
        </p>
        {state === 'running' && <Progress value={(100 * (done + undone.length)) / of} aria-label={told} mt={8} />}
        {undone.length > 0 && (
          <>
            <p>{t('undone', { count: undone.length })}</p>
            <ul className={classes.reasons}>
              {undone.slice(0, TOLD).map(({ room, error }) => (
                <li key={room.id}>
                  <b>{room.number}</b>{' '}
                  {cardsOf(error).length === 0
                    ? explainProblem(error, language)
                    : t('hasCards', {
                        cards: cardsOf(error)
                          .map(({ serial, validUntil }) =>
                            t('cardUntil', { serial, until: times.dayAndClock(validUntil) }),
                          )
                          .join(language === 'zh' ? '；' : ', '),
                      })}
                </li>
              ))}
            </ul>
            {undone.length > TOLD && <p>{t('andMore', { count: undone.length - TOLD })}</p>}
          </>
        )}
        <div className={classes.acts}>
          {state === 'running' ? (
            <Button size="xs" onClick={props.onStop}>
              {t('stop')}
            </Button>
          ) : (
            <Button size="xs" onClick={props.onClear}>
              {t('seen')}
            </Button>
          )}
        </div>
      </Note>
    </div>
  );
}
