import type { ReadTx } from '../store/store.ts';

/** The fact with the hash of the one token that may set this database up, while it isn't. */
export const SET_UP_TOKEN_FACT = 'set-up-token';

/** Whether this is the hash of that token. */
export function isSetUpToken(tx: ReadTx, { tokenHash }: { readonly tokenHash: string }): boolean {
  return tx.get('facts', SET_UP_TOKEN_FACT)?.value === tokenHash;
}
