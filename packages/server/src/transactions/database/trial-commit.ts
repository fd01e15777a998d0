import type { Tx } from '../../store/store.ts';

const FACT = 'trial commit';
const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz'.repeat(40);

/**
 * Writes a fact that nobody needs, so that its commit shows whether the database can be written. It differs from the one
 * before, since a row that stays as it is needn't be written. `size` is in characters.
 */
export function trialCommit(tx: Tx, { now, size }: { readonly now: number; readonly size: number }): void {
  const filler = CHARACTERS.repeat(Math.ceil(size / CHARACTERS.length)).slice(0, size);
  tx.put('facts', { name: FACT, value: `${now} ${filler}` });
}
