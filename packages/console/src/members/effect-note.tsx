import { Failure } from '../page/failure.tsx';
import { Note } from '../state/note.tsx';
import { Sentences } from '../texts/signs.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import * as texts from './texts.ts';
import type { Effect } from './use-member-change.ts';

/** What a change of a member did, and from when on. */
export function EffectNote({ effect }: { readonly effect: Effect }) {
  const t = useTexts(texts);
  const times = useTimes();
  switch (effect.kind) {
    case 'busy':
      return null;
    case 'failed':
      return <Failure error={effect.error} />;
    case 'issuing':
      return (
        <Note meaning={effect.on ? 'good' : 'warn'} live="status">
          <Sentences>
            <b>{t(effect.on ? 'issuingOn' : 'issuingOff', { time: times.seconds(effect.at) })}</b>
            {t(effect.on ? 'issuingOnMeans' : 'issuingOffMeans')}
          </Sentences>
        </Note>
      );
    case 'active':
      return (
        <Note meaning={effect.active ? 'good' : 'warn'} live="status">
          <Sentences>
            <b>{t(effect.active ? 'backAt' : 'deactivatedAt', { time: times.seconds(effect.at) })}</b>
            {t(effect.active ? 'backMeans' : 'deactivatedMeans')}
          </Sentences>
        </Note>
      );
    default:
      return (
        <Note meaning="good" live="status">
          {t(effect.kind === 'role' ? 'roleChanged' : 'changed', { time: times.seconds(effect.at) })}
        </Note>
      );
  }
}
