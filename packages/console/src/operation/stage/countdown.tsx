import type { Operation } from '@keyrack/sdk';
import { useTexts } from '../../texts/texts.ts';
import { timeLeft } from '../../time/time-left.ts';
import { useSecond } from '../../time/use-second.ts';
import classes from './stage.module.css';
import * as texts from './texts.ts';

/** How long a card is still waited for: to the server's deadline, by the server's clock. Nobody reads it out. */
export function Countdown({ operation }: { readonly operation: Pick<Operation, 'acceptedAt' | 'deadline'> }) {
  const t = useTexts(texts);
  const now = useSecond(true);
  const { share, seconds } = timeLeft(
    { from: Date.parse(operation.acceptedAt), until: Date.parse(operation.deadline) },
    now,
  );
  return (
    <div className={classes.time} aria-hidden="true">
      <svg
        className={classes.track}
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <rect width="100" height="4" fill="var(--panel)" />
        <rect width={share * 100} height="4" fill="var(--accent-mark)" />
      </svg>
      <span>{t('seconds', { seconds })}</span>
    </div>
  );
}
