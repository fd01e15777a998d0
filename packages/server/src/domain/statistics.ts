import type { Mac } from '@keyrack/protocol';
import type { Cause } from './causes.ts';
import type { Operation, OperationState } from './operation.ts';
import type { PropertyHour } from './property-hours.ts';

/** What statistics count of an operation. */
export type OperationFact = Pick<Operation, 'acceptedAt' | 'settledAt' | 'kind' | 'state' | 'encoder' | 'cause'>;

/** How operations ended that were asked for. Each is in one of these, but for `asked`, which is all of them. */
export interface Counts {
  readonly asked: number;
  readonly succeeded: number;
  /** The card was not made, read or cancelled: nobody came with one, it would not do, or the write failed. */
  readonly failed: number;
  /** Somebody didn't want it any more. */
  readonly withdrawn: number;
  /** Nobody can tell yet, or ever. */
  readonly unknown: number;
  /** Accepted or granted. */
  readonly open: number;
}

/** How long those took that succeeded, from being asked for to being recorded, the way to the card included. */
export interface Durations {
  readonly medianMs: number | null;
  /** Nine of ten took no longer. */
  readonly p90Ms: number | null;
}

export interface Statistics {
  readonly total: Counts & Durations;
  readonly hours: readonly (PropertyHour & Counts & { readonly kinds: Kinds })[];
  /** The busiest first. */
  readonly encoders: readonly ({ readonly encoder: Mac } & Counts & Durations)[];
  /** Why operations didn't succeed, the most frequent first. */
  readonly causes: readonly { readonly cause: Cause; readonly operations: number }[];
}

export type Kinds = Readonly<Record<Operation['kind'], number>>;

const OUTCOME_OF = {
  accepted: 'open',
  granted: 'open',
  succeeded: 'succeeded',
  rejected: 'failed',
  damaged: 'failed',
  expired: 'failed',
  withdrawn: 'withdrawn',
  unknown: 'unknown',
  'written-off': 'unknown',
} as const satisfies Readonly<Record<OperationState, keyof Counts>>;

/** What a number of operations come to. `hours` are in order, and the first begins before all of them. */
export function statisticsOf(facts: readonly OperationFact[], hours: readonly PropertyHour[]): Statistics {
  const byHour = hours.map((hour) => ({ ...hour, ...noCounts(), kinds: { issue: 0, read: 0, cancel: 0 } }));
  const byEncoder = new Map<Mac, Tally>();
  const byCause = new Map<Cause, number>();
  const total = noTally();
  for (const fact of facts) {
    const hour = byHour[indexOfHour(hours, fact.acceptedAt)];
    if (hour !== undefined) {
      count(hour, fact);
      hour.kinds[fact.kind] += 1;
    }
    const encoder = byEncoder.get(fact.encoder) ?? noTally();
    byEncoder.set(fact.encoder, encoder);
    for (const tally of [total, encoder]) {
      count(tally.counts, fact);
      if (fact.state === 'succeeded' && fact.settledAt !== null)
        tally.took.push(Math.max(0, fact.settledAt - fact.acceptedAt));
    }
    const { cause } = fact;
    if (cause !== null && OUTCOME_OF[fact.state] !== 'open') byCause.set(cause, (byCause.get(cause) ?? 0) + 1);
  }
  return {
    total: { ...total.counts, ...durationsOf(total.took) },
    hours: byHour,
    encoders: [...byEncoder]
      .map(([encoder, { counts, took }]) => ({ encoder, ...counts, ...durationsOf(took) }))
      .sort((one, other) => other.asked - one.asked || (one.encoder < other.encoder ? -1 : 1)),
    causes: [...byCause]
      .map(([cause, operations]) => ({ cause, operations }))
      .sort((one, other) => other.operations - one.operations || (one.cause < other.cause ? -1 : 1)),
  };
}

/** Of those that have ended for sure and were not withdrawn, how many succeeded: 0 to 1. Null where there are none. */
export function successShare({ succeeded, failed }: Counts): number | null {
  return succeeded + failed === 0 ? null : succeeded / (succeeded + failed);
}

type Growing = { -readonly [K in keyof Counts]: number };
interface Tally {
  readonly counts: Growing;
  readonly took: number[];
}

const noCounts = (): Growing => ({ asked: 0, succeeded: 0, failed: 0, withdrawn: 0, unknown: 0, open: 0 });
const noTally = (): Tally => ({ counts: noCounts(), took: [] });

function count(counts: Growing, { state }: OperationFact): void {
  counts.asked += 1;
  counts[OUTCOME_OF[state]] += 1;
}

/** The last hour that has begun by this instant. */
function indexOfHour(hours: readonly PropertyHour[], at: number): number {
  let low = 0;
  let high = hours.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hours[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function durationsOf(took: readonly number[]): Durations {
  // Numbers of such an array are sorted as numbers, and fast.
  const sorted = Float64Array.from(took).sort();
  return { medianMs: quantile(sorted, 0.5), p90Ms: quantile(sorted, 0.9) };
}

/** The smallest value that this share of all doesn't exceed. */
function quantile(sorted: Float64Array, share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
