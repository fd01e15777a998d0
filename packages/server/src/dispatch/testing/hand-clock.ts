import type { Clock } from '../../runtime/clock.ts';
import { NOW } from '../../transactions/testing/hotel.ts';

/** A clock that stands still until it is told to go on. */
export interface HandClock extends Clock {
  /** Runs what is due on the way, each at its time, and lets what it leads to happen. */
  advance(ms: number): Promise<void>;
}

export function handClock(): HandClock {
  let at = 0;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => NOW + at,
    monotonic: () => at,
    setTimeout(run, ms) {
      const timer = { at: at + ms, run };
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer) => void timers.delete(timer as never),
    async advance(ms) {
      const until = at + ms;
      for (;;) {
        await settled();
        const [next] = [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        at = Math.max(at, next.at);
        next.run();
      }
      at = until;
      await settled();
    },
  };
}

/** When all that follows by itself has happened: the store in memory answers within the same turn. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
