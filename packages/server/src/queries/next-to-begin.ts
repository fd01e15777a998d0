import type { ReadTx } from '../store/store.ts';

/** When the next card begins that was issued for later, of any property (Unix milliseconds); null where there is none. */
export function nextToBegin(tx: ReadTx, _input: Record<string, never>): number | null {
  return tx.find('cardRecords', 'upcomingDue', [], { limit: 1 })[0]?.validFrom ?? null;
}
