import type { ApiKey } from '../../domain/api-key.ts';
import { INSTALLATION } from '../../domain/audit.ts';
import type { Doer } from '../../domain/caller.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';

interface Change {
  readonly doer: Doer;
  readonly now: number;
}

export type CreatedApiKey =
  | { readonly verdict: 'created'; readonly apiKey: ShownApiKey }
  /** There is no property with this id. */
  | { readonly verdict: 'property-unknown'; readonly propertyId: string };

/** What of an API key may be shown. */
export type ShownApiKey = Omit<ApiKey, 'secretHash'>;

export function shownOf({ secretHash: _hash, ...shown }: ApiKey): ShownApiKey {
  return shown;
}

/** Adds an API key. Its record is in the log of each of its properties, or in the installation's for a key of all. */
export function createApiKey(
  tx: Tx,
  { doer, now, ...given }: Change & Omit<ApiKey, 'ownerKey' | 'createdAt' | 'revokedAt'>,
): CreatedApiKey {
  const unknown = given.properties?.find((id) => tx.get('properties', id) === undefined);
  if (unknown !== undefined) return { verdict: 'property-unknown', propertyId: unknown };
  const key: ApiKey = { ...given, ownerKey: false, createdAt: now, revokedAt: null };
  tx.put('apiKeys', key);
  const { id, name, scopes, properties, expiresAt } = key;
  const details = { apiKey: id, name, scopes, properties, expiresAt };
  for (const propertyId of properties ?? [INSTALLATION])
    auditOf(tx, doer, { propertyId, at: now, action: 'api-key-created', details });
  return { verdict: 'created', apiKey: shownOf(key) };
}

/** Ends an API key for good. One that has ended stays as it is. */
export function revokeApiKey(tx: Tx, { id, doer, now }: Change & { readonly id: string }): 'revoked' | 'not-found' {
  const key = tx.get('apiKeys', id);
  if (key === undefined) return 'not-found';
  if (key.revokedAt !== null) return 'revoked';
  tx.put('apiKeys', { ...key, revokedAt: now });
  for (const propertyId of key.properties ?? [INSTALLATION])
    auditOf(tx, doer, { propertyId, at: now, action: 'api-key-revoked', details: { apiKey: id, name: key.name } });
  return 'revoked';
}

/** Remembers when a key was last used. */
export function noteApiKeyUse(tx: Tx, { id, now }: { readonly id: string; readonly now: number }): void {
  tx.put('apiKeyVisits', { id, lastUsedAt: now });
}
