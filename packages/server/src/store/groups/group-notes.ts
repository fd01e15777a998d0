import type { Asked } from './asked-rows.ts';

/** What groups tell of how they went. */
export interface GroupNotes {
  /** So many calls were run together, and waited so many times for rows. */
  ran(what: 'transactions' | 'queries', calls: number, rounds: number): void;
  /** A call was run that asked for what wasn't there, and runs again. */
  missed(name: string, asked: readonly Asked[]): void;
}

/** Since the start. */
export interface GroupCounts {
  readonly groups: number;
  readonly calls: number;
  /** Messages that groups waited for before they could commit or answer. One each is the least. */
  readonly rounds: number;
  /** Runs of calls in which something was missing. */
  readonly misses: number;
}

/** Counts, and tells `watch` besides. */
export function createCounts(watch: Partial<GroupNotes>): {
  readonly counts: () => GroupCounts;
  readonly notes: GroupNotes;
} {
  const sum = { groups: 0, calls: 0, rounds: 0, misses: 0 };
  return {
    counts: () => ({ ...sum }),
    notes: {
      ran(what, calls, rounds) {
        sum.groups += 1;
        sum.calls += calls;
        sum.rounds += rounds;
        watch.ran?.(what, calls, rounds);
      },
      missed(name, asked) {
        sum.misses += 1;
        watch.missed?.(name, asked);
      },
    },
  };
}
