import type { ApiKey } from '../domain/api-key.ts';
import type { ReadTx } from '../store/store.ts';

/** An API key with what people want to know of it. */
export interface UsedApiKey {
  readonly apiKey: ApiKey;
  readonly lastUsedAt: number | null;
}

/** Whose API keys are wanted. */
export interface ApiKeysOf {
  /** Ids of properties: only keys that act for none but these. Null for all. */
  readonly among: readonly string[] | null;
  /** The owner's too. */
  readonly owners: boolean;
}

/** Keys that are looked at for one page: many may belong to others. */
const LOOKED_AT = 1_000;

/** API keys, the newest first. `next` is where the next page begins; null where this is the last. It may be short. */
export function apiKeysPage(
  tx: ReadTx,
  { after, limit, ...of }: ApiKeysOf & { readonly after: { readonly id: string } | null; readonly limit: number },
): { readonly keys: UsedApiKey[]; readonly next: { readonly id: string } | null } {
  const looked = tx.find('apiKeys', 'key', [], { ...(after && { after }), reverse: true, limit: LOOKED_AT });
  const shown = looked.filter((key) => isAmong(key, of));
  const page = shown.slice(0, limit);
  const last = shown.length > limit ? page.at(-1) : looked.length === LOOKED_AT ? looked.at(-1) : undefined;
  return { keys: page.map((key) => used(tx, key)), next: last === undefined ? null : { id: last.id } };
}

/** The key with this id, if it is among these. */
export function getApiKey(tx: ReadTx, { id, ...of }: ApiKeysOf & { readonly id: string }): UsedApiKey | null {
  const key = tx.get('apiKeys', id);
  return key === undefined || !isAmong(key, of) ? null : used(tx, key);
}

function isAmong({ ownerKey, properties }: ApiKey, { among, owners }: ApiKeysOf): boolean {
  if (ownerKey) return owners;
  return among === null || (properties?.every((id) => among.includes(id)) ?? false);
}

function used(tx: ReadTx, apiKey: ApiKey): UsedApiKey {
  return { apiKey, lastUsedAt: tx.get('apiKeyVisits', apiKey.id)?.lastUsedAt ?? null };
}
