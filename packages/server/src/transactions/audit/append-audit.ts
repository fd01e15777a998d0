import { type AuditAction, chainAudit } from '../../domain/audit.ts';
import type { Doer } from '../../domain/caller.ts';
import type { Hint } from '../../store/hints.ts';
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

/** For the details of a record: by which credential and from which address it was done. Nothing where not over /v1. */
export function doneBy(doer: Doer | undefined): Readonly<Record<string, string>> {
  return doer === undefined ? {} : { by: doer.by, from: doer.from };
}

/** The same for what somebody did over /v1: the record names them, their credential and their address. */
export function auditOf(tx: Tx, { actor, by, from }: Doer, entry: Omit<Parameters<typeof audit>[1], 'actor'>): number {
  return audit(tx, { ...entry, actor, details: { ...entry.details, by, from } });
}

export function hintAudit(hint: Hint, propertyId: string): void {
  hint.find('audit', 'key', [propertyId], { reverse: true, limit: 1 });
}
