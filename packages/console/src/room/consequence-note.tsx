import { Failure } from '../page/failure.tsx';
import { Note } from '../state/note.tsx';
import { Sentences } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { serverNow } from '../time/server-clock.ts';
import { useTimes } from '../time/times.ts';
import { consequenceOf } from './consequence.ts';
import type { Issuing } from './issuing.ts';
import * as texts from './texts.ts';
import type { Mode } from './wish.ts';

/** What an issue does to cards that people have in their hands, before any card is touched. */
export function ConsequenceNote(props: { readonly issuing: Issuing; readonly mode: Mode; readonly room: string }) {
  const t = useTexts(texts);
  const times = useTimes();
  const { issuing, mode, room } = props;
  const { preview, refused, hasChanged } = issuing;
  if (refused) return <Failure error={refused} />;
  if (preview === undefined) return null;
  const { stops, begins, latest, beside, stopsItselfAt } = consequenceOf(preview, serverNow());
  const count = stops.size;
  const time = latest === null ? '' : times.dayAndClock(latest);
  return (
    <>
      {hasChanged && (
        <Note meaning="accent" live="alert">
          <Sentences>
            <b>{t('changed', { room })}</b>
            {t('changedWhy', { count })}
          </Sentences>
        </Note>
      )}
      {count > 0 ? (
        <Note meaning="warn" live="status">
          {begins === null ? (
            <Sentences>
              <b>{t('stopsNow', { count, room })}</b>
              {t('stopsNowWhy', { count, time })}
            </Sentences>
          ) : (
            <Sentences>
              <b>{t('stopsLater', { count, room, begin: times.dayAndClock(begins) })}</b>
              {t('stopsLaterWhy', { time })}
            </Sentences>
          )}
        </Note>
      ) : (
        <Note meaning="calm" icon="ok" live="status">
          {mode === 'duplicate' ? t('goesOn', { count: beside }) : t('stopsNone', { room })}
        </Note>
      )}
      {stopsItselfAt !== null && (
        <Note meaning="warn">{t('stopsItself', { time: times.dayAndClock(stopsItselfAt) })}</Note>
      )}
    </>
  );
}
