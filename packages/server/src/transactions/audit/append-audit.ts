import { type AuditAction, chainAudit } from '../../domain/audit.ts';
import type { Tx } from '../../store/store.ts';

/** Appends to the property's audit log. `details` must name no guest: their data lies beside the chain. */
export function audit(
  tx: Tx,
  entry: {
    readonly propertyId: string;
    readonly at: number;
    readonly action: AuditAction;
    readonly actor: string;
    readonly operationId?: string;
    readonly details: Readonly<Record<string, unknown>>;
  },
): number {
  const [previous] = tx.find('audit', 'key', [entry.propertyId], { reverse: true, limit: 1 });
  const record = chainAudit(previous, {
    propertyId: entry.propertyId,
    at: entry.at,
    action: entry.action,
    actor: entry.actor,
    operationId: entry.operationId ?? null,
    details: JSON.stringify(entry.details),
  });
  tx.put('audit', record);
  return record.number;
}
