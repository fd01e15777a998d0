import type { Clock } from './clock.ts';
import type { Run } from './runner.ts';

export interface Deadlines {
  /** Makes sure that what is due at this instant (Unix milliseconds) ends then. */
  watch(deadline: number): void;
  stop(): void;
}

/** Longest sleep between two looks, so that nothing that wasn't heard of, and no clock that jumps, ends much too late. */
const LONGEST_SLEEP_MS = 5_000;
const RETRY_MS = 500;

/** Ends operations whose deadline has passed without a grant. */
export function createDeadlines(run: Run, clock: Clock, onError: (error: unknown) => void): Deadlines {
  let timer: object | null = null;
  let wakeAt = Number.POSITIVE_INFINITY;
  let stopped = false;

  const sleepUntil = (instant: number) => {
    if (stopped || instant >= wakeAt) return;
    if (timer !== null) clock.clearTimeout(timer);
    wakeAt = instant;
    timer = clock.setTimeout(look, Math.max(0, Math.min(instant - clock.now(), LONGEST_SLEEP_MS)));
  };
  const look = () => {
    timer = null;
    wakeAt = Number.POSITIVE_INFINITY;
    run('expireDue', { now: clock.now() }).then(
      // Also when nothing is due: a grant that wasn't obeyed leaves an operation that is to expire after all.
      ({ nextDeadline }) => sleepUntil(nextDeadline ?? clock.now() + LONGEST_SLEEP_MS),
      (error: unknown) => {
        onError(error);
        sleepUntil(clock.now() + RETRY_MS);
      },
    );
  };
  look();
  return {
    watch: sleepUntil,
    stop() {
      stopped = true;
      if (timer !== null) clock.clearTimeout(timer);
    },
  };
}
