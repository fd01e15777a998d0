import type { SweepPosition } from '../transactions/guests/sweep-guest-data.ts';
import type { Clock } from './clock.ts';
import type { Run } from './runner.ts';

export interface GuestSweep {
  stop(): void;
}

export interface GuestSweepParts {
  readonly run: Run;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** When the first sweep begins, how long after one the next does, and how long cards have their turn between steps. Milliseconds. */
export const GUEST_SWEEP = { firstMs: 60_000, everyMs: 60 * 60_000, pauseMs: 100 } as const;

/** Deletes guests' data when its time is over, a step at a time. Nothing is kept between: a restart begins at the first property. */
export function createGuestSweep({ run, clock, onError }: GuestSweepParts): GuestSweep {
  let stopped = false;
  let timer: object | null = null;
  const wait = (ms: number, position: SweepPosition | null) => {
    if (!stopped) timer = clock.setTimeout(() => step(position), ms);
  };
  const step = (position: SweepPosition | null) => {
    timer = null;
    run('sweepGuestData', { position, now: clock.now() }).then(
      ({ next }) => wait(next === null ? GUEST_SWEEP.everyMs : GUEST_SWEEP.pauseMs, next),
      (error: unknown) => {
        if (!stopped) onError(error);
        wait(GUEST_SWEEP.everyMs, null);
      },
    );
  };
  wait(GUEST_SWEEP.firstMs, null);
  return {
    stop() {
      stopped = true;
      if (timer !== null) clock.clearTimeout(timer);
    },
  };
}
