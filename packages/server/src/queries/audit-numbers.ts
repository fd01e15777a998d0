import type { ReadTx } from '../store/store.ts';

/** By how much times in an audit log may be out of order, where the clock was set. Milliseconds. */
export const CLOCK_MARGIN_MS = 10 * 60_000;

/**
 * The number of the first record that isn't from before this instant; one near it, where the clock was set back. No index has
 * the times of a log: later records have higher numbers, so it is found by halving.
 */
export function firstNumberSince(tx: ReadTx, propertyId: string, at: number): number {
  const [last] = tx.find('audit', 'key', [propertyId], { reverse: true, limit: 1 });
  let low = 1;
  let high = (last?.number ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const record = tx.get('audit', propertyId, middle);
    if (record !== undefined && record.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
