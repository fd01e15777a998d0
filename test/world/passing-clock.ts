import { type Clock, systemClock } from '@keyrack/server/runtime/clock.ts';

/** The system's clock, but that monotonic time passes as a test says. Timers and the wall clock don't notice. */
export interface PassingClock extends Clock {
  pass(ms: number): void;
  /** From now on it stands still, so that no limit is reached however slow the computer is. */
  stand(): void;
}

export function passingClock(): PassingClock {
  let passed = 0;
  let stoodAt: number | null = null;
  return {
    ...systemClock,
    monotonic: () => (stoodAt ?? systemClock.monotonic()) + passed,
    pass(ms) {
      passed += ms;
    },
    stand() {
      stoodAt ??= systemClock.monotonic();
    },
  };
}
