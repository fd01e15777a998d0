import type { Hint } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';

/** The epoch of the database: 1, and one more for every restore from a backup. What an earlier epoch knew may be lost. */
export function currentEpoch(tx: ReadTx): number {
  return Number(tx.get('facts', 'life')?.value ?? 1);
}

export function hintEpoch(hint: Hint): void {
  hint.get('facts', 'life');
}
