import { type AuditRecord, chainAudit } from '../../packages/server/src/domain/audit.ts';
import type { Operation } from '../../packages/server/src/domain/operation.ts';
import type { Tx } from '../../packages/server/src/store/store.ts';

/** The transactions of store-commit.ts, shaped as the server's: an operation and its link of the audit chain. */
export const transactions = {
  record: (tx: Tx, operation: Operation): number => {
    const { propertyId, id } = operation;
    const before = tx.get('operations', propertyId, id);
    tx.put('operations', { ...operation, place: before === undefined ? 0 : before.place + 1 });
    const [previous] = tx.find('audit', 'key', [propertyId], { reverse: true, limit: 1 });
    const record: AuditRecord = chainAudit(previous, {
      propertyId,
      at: operation.acceptedAt,
      action: 'operation-accepted',
      actor: 'account AC1',
      operationId: id,
      details: '{"kind":"cancel","serial":"04A2B3C4D5E680"}',
    });
    tx.put('audit', record);
    return record.number;
  },
};

export type BenchTransactions = typeof transactions;
