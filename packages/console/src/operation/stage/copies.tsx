import { Icon, type IconName } from '../../icon/icon.tsx';
import { useTexts } from '../../texts/texts.ts';
import type { Meaning } from '../../theme/meanings.ts';
import { useTimes } from '../../time/times.ts';
import classes from './stage.module.css';
import { type CopyMark, copiesOf, type Followed } from './step.ts';
import * as texts from './texts.ts';

const LOOKS: Readonly<Record<CopyMark['state'], readonly [Meaning, IconName]>> = {
  done: ['good', 'ok'],
  waiting: ['accent', 'clock'],
  put: ['accent', 'now'],
  writing: ['accent', 'now'],
  todo: ['calm', 'more'],
  never: ['calm', 'no'],
  failed: ['calm', 'no'],
  damaged: ['bad', 'alert'],
  unknown: ['lost', 'question'],
};

/** Every card of one issue, with its own state. Nothing where one card alone was asked for. */
export function Copies({ followed }: { readonly followed: Followed }) {
  const t = useTexts(texts);
  const times = useTimes();
  const copies = copiesOf(followed);
  if (copies.length < 2) return null;
  return (
    <ol className={classes.copies} aria-label={t('copies')}>
      {copies.map(({ number, state, at }) => {
        const [meaning, icon] = LOOKS[state];
        return (
          <li key={number} data-meaning={meaning}>
            <Icon name={icon} />
            <b>{t('card', { number })}</b>
            <span>{state === 'done' ? t('copy.done', { time: at ? times.seconds(at) : '' }) : t(`copy.${state}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
