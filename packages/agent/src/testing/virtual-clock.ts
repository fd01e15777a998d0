import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../clock.ts';

/** A clock that stands still until it is told to go on. Wall clock and monotonic clock run together. */
export interface VirtualClock extends Clock {
  /** Resolves when nothing more happens unless time passes. Only for code that waits for this clock and nothing real. */
  idle(): Promise<void>;
  /** Lets that much time pass: every timer fires at its own moment and in order, with idleness before and after each. */
  advance(ms: number): Promise<void>;
  /** Timers that are pending. */
  pending(): number;
}

interface VirtualTimer {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

/** @param start Unix milliseconds */
export function createVirtualClock(start = 1_790_000_000_000): VirtualClock {
  const timers = new Set<VirtualTimer>();
  let elapsed = 0;
  let order = 0;

  /** All microtasks run before the next turn of the event loop begins. */
  const idle = () => setImmediate();

  function earliest(): VirtualTimer | undefined {
    let first: VirtualTimer | undefined;
    for (const timer of timers) {
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer;
    }
    return first;
  }

  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    setTimeout: (run, ms) => {
      order += 1;
      const timer = { due: elapsed + Math.max(0, ms), order, run };
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer) => {
      timers.delete(timer as VirtualTimer);
    },
    idle,
    advance: async (ms) => {
      const until = elapsed + ms;
      await idle();
      for (let next = earliest(); next !== undefined && next.due <= until; next = earliest()) {
        elapsed = Math.max(elapsed, next.due);
        timers.delete(next);
        next.run();
        await idle();
      }
      elapsed = until;
    },
    pending: () => timers.size,
  };
}
