import { type CardRecord, NO_HOLDER } from '../../domain/places.ts';
import { idsBetween } from '../../queries/operations-page.ts';
import type { Tx } from '../../store/store.ts';

/** Operations of one moment that are looked at for the one that made a record. */
const LOOKED_AT = 1_000;

/**
 * Deletes what a record tells of its guest, and what could be traced back to it: the hash of the request that named them, by which
 * repeats are known, and what lies beside the audit chain. The chain itself names no guest, so it holds.
 */
export function forgetHolder(tx: Tx, record: CardRecord): void {
  tx.put('cardRecords', { ...record, ...NO_HOLDER, holder: 'deleted' });
  const { propertyId, id, issuedAt } = record;
  const moment = idsBetween({ from: issuedAt, until: issuedAt });
  for (const operation of tx.find('operations', 'key', [propertyId], { ...moment, limit: LOOKED_AT })) {
    if (operation.kind !== 'issue' || operation.recordId !== id) continue;
    // Over /v1 the request is known by the operation's own id.
    if (operation.request !== operation.id) tx.put('operations', { ...operation, request: `deleted ${operation.id}` });
    tx.remove('auditPersonal', propertyId, operation.place);
  }
}
