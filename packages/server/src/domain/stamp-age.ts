import { CLOCK_TOLERANCE_MS } from './limits.ts';

/**
 * How long ago a stamp was taken, in milliseconds, by a clock that may jump. Null where the stamp lies in the future: the
 * clock was set back since, so its age is unknown. A clock that was set on makes stamps look older than they are.
 */
export function ageOf(stamp: number, now: number): number | null {
  const age = now - stamp;
  return age < -CLOCK_TOLERANCE_MS ? null : Math.max(0, age);
}
