import { performance } from 'node:perf_hooks';

/** Names a pending call of `Clock.setTimeout`. Each clock has a form of its own for it. */
export type Timer = object;

/**
 * Where the agent's time comes from. Everything that waits or stamps takes a clock, so that the simulation can run
 * hours of it in milliseconds and every run of a seed is the same.
 */
export interface Clock {
  /** Wall clock, in Unix milliseconds. May jump; decides nothing. */
  now(): number;
  /** Milliseconds from an arbitrary start that never go back. Measures durations. */
  monotonic(): number;
  /** Calls `run` once, not before `ms` milliseconds have passed. */
  setTimeout(run: () => void, ms: number): Timer;
  /** Ends a timer; does nothing when it has fired or was ended before. */
  clearTimeout(timer: Timer): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** Resolves after `ms` milliseconds of that clock. Zero or less takes no timer at all. */
export function sleep(clock: Clock, ms: number): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    clock.setTimeout(resolve, ms);
  });
}
