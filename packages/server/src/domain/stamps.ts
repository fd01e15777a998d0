import { CLOCK_TOLERANCE_MS } from './limits.ts';

/**
 * How long ago a stamp was taken, in milliseconds, by a clock that may jump; null where nobody can tell, since it lies in
 * the future: the clock was set back since. One that was set on makes things look older than they are.
 */
export function ageOf(stamp: number, now: number): number | null {
  const age = now - stamp;
  return age < -CLOCK_TOLERANCE_MS ? null : Math.max(0, age);
}
