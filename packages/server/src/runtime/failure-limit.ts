import type { Refusal } from '../domain/authorise.ts';
import { FAILURES } from '../domain/limits.ts';
import type { Clock } from './clock.ts';

/** Doors that close for a while after too many failures (design, "Trust"). In memory, bounded, per node. */
export interface FailureLimit {
  /** A refusal while the door is closed, else null. */
  closed(door: string): Refusal | null;
  fail(door: string): void;
  forget(door: string): void;
}

interface Count {
  failures: number;
  since: number;
}

export function createFailureLimit(clock: Clock, most: number): FailureLimit {
  const counts = new Map<string, Count>();
  const current = (door: string): Count | undefined => {
    const count = counts.get(door);
    if (count === undefined || clock.monotonic() - count.since < FAILURES.windowMs) return count;
    counts.delete(door);
    return undefined;
  };
  return {
    closed(door) {
      const count = current(door);
      if (count === undefined || count.failures < most) return null;
      const minutes = Math.ceil((FAILURES.windowMs - (clock.monotonic() - count.since)) / 60_000);
      return { cause: 'too-many-failures', facts: { minutes } };
    },
    fail(door) {
      const count = current(door);
      if (count !== undefined) {
        count.failures += 1;
        return;
      }
      // Full: the oldest door is forgotten first. A Map keeps the order of insertion.
      const oldest = counts.size >= FAILURES.doors ? counts.keys().next() : undefined;
      if (oldest !== undefined && !oldest.done) counts.delete(oldest.value);
      counts.set(door, { failures: 1, since: clock.monotonic() });
    },
    forget: (door) => counts.delete(door),
  };
}
