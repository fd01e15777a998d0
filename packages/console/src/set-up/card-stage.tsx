import type { Operation } from '@keyrack/sdk';
import { Button } from '@mantine/core';
import { explainCause } from '../cause/explain-cause.ts';
import { Icon, type IconName } from '../icon/icon.tsx';
import { isolated } from '../texts/isolated.ts';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import type { Meaning } from '../theme/meanings.ts';
import { useTimes } from '../time/times.ts';
import { useSecond } from '../time/use-minute.ts';
import classes from './set-up.module.css';
import * as texts from './texts.ts';

/** What becomes of the card: one sentence of what to do, and one of what is true. */
export function CardStage(props: {
  readonly operation: Operation;
  readonly room: string;
  readonly encoder: string;
  /** Unix milliseconds. */
  readonly validUntil: number;
  readonly onWithdraw: () => void;
}) {
  const t = useTexts(texts);
  const times = useTimes();
  const { language } = useLanguage();
  const { operation, room, encoder } = props;
  const now = useSecond(operation.state === 'accepted');
  const stage = (meaning: Meaning, icon: IconName, title: string, why: string, more?: React.ReactNode) => (
    <section className={classes.stage} data-meaning={meaning} aria-live="polite">
      <h2>
        <Icon name={icon} />
        {title}
      </h2>
      <p>{why}</p>
      {more}
    </section>
  );
  switch (operation.state) {
    case 'accepted':
      return stage(
        'accent',
        'encoder',
        t('card.waiting', { encoder: isolated(encoder) }),
        t('card.waitingWhy'),
        <div className={classes.actions} aria-live="off">
          <span className={classes.muted}>
            {t('card.left', { seconds: Math.max(0, Math.ceil((Date.parse(operation.deadline) - now) / 1_000)) })}
          </span>
          <Button onClick={props.onWithdraw}>{t('card.withdraw')}</Button>
        </div>,
      );
    case 'granted':
      return stage('accent', 'now', t('card.granted'), t('card.grantedWhy'));
    case 'succeeded':
      return stage(
        'good',
        'ok',
        t('card.succeeded'),
        t('card.succeededWhy', {
          room: isolated(room),
          time: times.dayAndClock(props.validUntil),
        }),
      );
    case 'unknown':
      return stage('lost', 'question', t('card.unknown'), t('card.unknownWhy'));
    default:
      return stage(
        'bad',
        'alert',
        t('card.failed'),
        operation.cause === null ? '' : explainCause(operation.cause, language, operation.explanation),
      );
  }
}
