import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../runtime/clock.ts';

/** A clock that stands still until it is told to go on. */
export interface VirtualClock extends Clock {
  /** Lets that much time pass: every timer fires at its own moment and in order, and what it began is waited for. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock forward or back; the monotonic one doesn't notice. */
  jump(ms: number): void;
  /** Timers that are pending. */
  pending(): number;
}

/** @param start Unix milliseconds */
export function createVirtualClock(start: number): VirtualClock {
  const timers = new Map<object, { readonly due: number; readonly run: () => void }>();
  let elapsed = 0;
  let jumped = 0;
  const earliest = () => [...timers].sort(([, a], [, b]) => a.due - b.due)[0];
  return {
    now: () => start + jumped + elapsed,
    monotonic: () => elapsed,
    setTimeout(run, ms) {
      const timer = {};
      timers.set(timer, { due: elapsed + Math.max(0, ms), run });
      return timer;
    },
    clearTimeout: (timer) => void timers.delete(timer),
    async advance(ms) {
      const until = elapsed + ms;
      await setImmediate();
      for (let next = earliest(); next !== undefined && next[1].due <= until; next = earliest()) {
        const [timer, { due, run }] = next;
        elapsed = Math.max(elapsed, due);
        timers.delete(timer);
        run();
        await setImmediate();
      }
      elapsed = until;
    },
    jump(ms) {
      jumped += ms;
    },
    pending: () => timers.size,
  };
}
