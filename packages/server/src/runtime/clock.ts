/** Time, passed in: the real one, or a simulation's. */
export interface Clock {
  /** Unix milliseconds; may jump. */
  now(): number;
  /** Milliseconds since some instant; never goes back. */
  monotonic(): number;
  setTimeout(run: () => void, ms: number): object;
  clearTimeout(timer: object): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};
