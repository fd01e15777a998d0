import { REPEATS } from '../domain/limits.ts';
import { StoreError } from '../store/store.ts';
import type { RestParts } from './parts.ts';

/** Forgets secrets that are kept for repeats when their time is over, also where no further request comes. */
export function forgetRepeatsInTime({ run, clock, log }: Pick<RestParts, 'run' | 'clock' | 'log'>): {
  /** A secret was kept. */
  keptSecret(): void;
  stop(): void;
} {
  let timer: object | null = null;
  let stopped = false;
  const wait = () => {
    if (!stopped) timer ??= clock.setTimeout(forget, REPEATS.secretMs);
  };
  const forget = () => {
    timer = null;
    run('forgetRepeats', { now: clock.now() }).then(
      (areLeft) => {
        if (areLeft) wait();
      },
      (error: unknown) => {
        wait();
        // The trouble of the database stands in the log already.
        if (!(error instanceof StoreError)) log.error({ err: error }, 'secrets of repeats could not be forgotten');
      },
    );
  };
  // Those that an earlier process kept.
  wait();
  return {
    keptSecret: wait,
    stop() {
      stopped = true;
      if (timer !== null) clock.clearTimeout(timer);
      timer = null;
    },
  };
}
