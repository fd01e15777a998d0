import type { Clock } from '../../clock.ts';

/** Whether something is said now that may happen again and again, and how often it happened since it was said last. */
export type SeldomSaid = (what: string) => { readonly now: boolean; readonly times: number };

/** Each thing is said at once, and then once in so long. Milliseconds. */
export function seldomSaid(clock: Pick<Clock, 'monotonic'>, againMs: number): SeldomSaid {
  const last = new Map<string, { readonly at: number; unsaid: number }>();
  return (what) => {
    const before = last.get(what);
    const times = (before?.unsaid ?? 0) + 1;
    if (before !== undefined && clock.monotonic() - before.at < againMs) {
      before.unsaid = times;
      return { now: false, times };
    }
    last.set(what, { at: clock.monotonic(), unsaid: 0 });
    return { now: true, times };
  };
}
