import type { AuditRecord } from '../domain/audit.ts';
import type { ReadTx } from '../store/store.ts';

/** Records of a property's log behind a number, the oldest first. */
export function auditAfter(
  tx: ReadTx,
  { propertyId, after, limit }: { readonly propertyId: string; readonly after: number; readonly limit: number },
): AuditRecord[] {
  return tx.find('audit', 'key', [propertyId], { from: after + 1, limit });
}

/** The number of the newest record of each of these logs; 0 for an empty one. */
export function auditHeads(
  tx: ReadTx,
  { propertyIds }: { readonly propertyIds: readonly string[] },
): readonly number[] {
  return propertyIds.map((propertyId) => {
    const [last] = tx.find('audit', 'key', [propertyId], { reverse: true, limit: 1 });
    return last?.number ?? 0;
  });
}
