import type { ApiKey } from '../domain/api-key.ts';
import type { ReadTx } from '../store/store.ts';

/** The API key that a token names, used up or not. */
export function findApiKey(tx: ReadTx, { lookup }: { readonly lookup: string }): ApiKey | null {
  return tx.find('apiKeys', 'byLookup', [lookup], { limit: 1 })[0] ?? null;
}
