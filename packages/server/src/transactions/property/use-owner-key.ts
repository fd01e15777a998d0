import type { ApiKey } from '../../domain/api-key.ts';
import { INSTALLATION } from '../../domain/audit.ts';
import { OWNER_KEY_FACT } from '../../queries/current-caller.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';

export interface UseOwnerKey extends Pick<ApiKey, 'id' | 'lookup' | 'secretHash'> {
  readonly now: number;
}

/** Makes the key in the data folder the owner's only one: another that was it before is revoked. False where it is already. */
export function useOwnerKey(tx: Tx, { id, lookup, secretHash, now }: UseOwnerKey): boolean {
  const known = tx.get('facts', OWNER_KEY_FACT);
  const before = known === undefined ? undefined : tx.get('apiKeys', known.value);
  if (before?.secretHash === secretHash && before.revokedAt === null) return false;
  if (before !== undefined && before.revokedAt === null) {
    tx.put('apiKeys', { ...before, revokedAt: now });
    record(tx, 'api-key-revoked', before, now);
  }
  // The file came back, after another one was in its place or with a backup from before it.
  const [same] = tx.find('apiKeys', 'byLookup', [lookup], { limit: 1 });
  const key: ApiKey = {
    id: same?.id ?? id,
    lookup,
    secretHash,
    name: 'owner',
    scopes: [],
    properties: null,
    ownerKey: true,
    createdAt: now,
    expiresAt: null,
    revokedAt: null,
  };
  tx.put('apiKeys', key);
  tx.put('facts', { name: OWNER_KEY_FACT, value: key.id });
  record(tx, 'api-key-created', key, now);
  return true;
}

/** Whoever changed the file has no credential here; the record tells when the server took it over. */
function record(tx: Tx, action: 'api-key-created' | 'api-key-revoked', { id, name }: ApiKey, now: number): void {
  const details = { apiKey: id, name, owner: true };
  audit(tx, { propertyId: INSTALLATION, at: now, action, actor: 'server', details });
}
