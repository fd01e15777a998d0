import { useActorName } from '../actor/actor-name.tsx';
import { explainCause } from '../cause/explain-cause.ts';
import { LOOKS } from '../operation/operation-state.ts';
import * as words from '../operation/texts.ts';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { useTimes } from '../time/times.ts';
import type { Step } from './operation-queries.ts';
import classes from './steps.module.css';
import * as texts from './texts.ts';

const WORDS = {
  accepted: 'stepAccepted',
  granted: 'stepGranted',
  'not-written': 'stepNotWritten',
  unknown: 'stepUnknown',
} as const satisfies Partial<Record<Step['step'], keyof (typeof texts)['english']>>;

/** What became of an operation, with the time of the first step, and how long after it the others were. */
export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  const t = useTexts(texts);
  const w = useTexts(words);
  const times = useTimes();
  const nameOf = useActorName();
  const { language } = useLanguage();
  const first = steps[0];
  return (
    <ol className={classes.steps}>
      {steps.map((step) => {
        const { at, actor, cause, serial, record, explanation } = step;
        const look = step.step === 'ended' || step.step === 'unknown' ? LOOKS[step.state].meaning : 'accent';
        return (
          <li key={`${step.step} ${at} ${record}`} data-meaning={step.step === 'accepted' ? 'calm' : look}>
            <b>{step.step === 'ended' ? w(`states.${step.state}`) : t(WORDS[step.step])}</b>
            <time dateTime={at} title={`${times.day(at)} ${times.seconds(at)}`}>
              {step === first
                ? exact(times.seconds(at), at)
                : t('after', { seconds: secondsBetween(first?.at ?? at, at) })}
            </time>
            <p>
              <bdi>{nameOf(actor)}</bdi>
              {serial !== null && ` · …${serial.slice(-4)}`}
              {cause !== null && ` · ${explainCause(cause, language, explanation)}`}
            </p>
          </li>
        );
      })}
    </ol>
  );
}

/** With milliseconds, as others are told beside it. */
function exact(clock: string, at: string): string {
  return `${clock}.${String(new Date(at).getUTCMilliseconds()).padStart(3, '0')}`;
}

function secondsBetween(first: string, at: string): string {
  return ((Date.parse(at) - Date.parse(first)) / 1_000).toFixed(3);
}
