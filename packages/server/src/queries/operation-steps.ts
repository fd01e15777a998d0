import type { OperationId } from '@keyrack/protocol';
import type { AuditAction, AuditRecord } from '../domain/audit.ts';
import { actorParts, detailsOf } from '../domain/audit-search.ts';
import type { Cause } from '../domain/causes.ts';
import { isTerminal, type Operation, type OperationState } from '../domain/operation.ts';
import type { ReadTx } from '../store/store.ts';
import { walk } from '../store/walk-pages.ts';
import { CLOCK_MARGIN_MS, firstNumberSince } from './audit-numbers.ts';
import { NAME_OF } from './name-of.ts';

/** One step of an operation, as the audit log tells it. */
export interface OperationStep {
  readonly step: 'accepted' | 'granted' | 'not-written' | 'unknown' | 'ended';
  /** Unix milliseconds. */
  readonly at: number;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  /** Of the audit record that tells it; null where that isn't found, since the clock was set. */
  readonly record: number | null;
  /** The card, where it was known by then. */
  readonly serial: string | null;
  /** Why it came to nothing, or ended as it did. */
  readonly cause: Cause | null;
  /** How it ended. */
  readonly state: OperationState;
}

const STEP_OF: Partial<Record<AuditAction, OperationStep['step']>> = {
  'operation-accepted': 'accepted',
  'operation-granted': 'granted',
  'operation-not-written': 'not-written',
  'operation-unknown': 'unknown',
  'operation-settled': 'ended',
};

/** Records that are looked at behind the acceptance: of all that a busy house does in two minutes and more. */
const LOOKED_AT = 5_000;
/** Records that are looked at around the end of an operation that ended late. */
const LOOKED_AT_END = 1_000;

/**
 * What became of an operation, in order; null where there is none. No index of the log has all records of an operation, since
 * that would be on the way of each card. They lie behind its acceptance, up to its deadline; that nobody could tell has an
 * index, as it is rare; and how it ended is where its row says when.
 */
export function operationSteps(
  tx: ReadTx,
  { propertyId, id }: { readonly propertyId: string; readonly id: OperationId },
): OperationStep[] | null {
  const operation = tx.get('operations', propertyId, id);
  if (operation === undefined) return null;
  const found = new Map<number, AuditRecord>();
  const keep = (record: AuditRecord) => record.operationId === id && found.set(record.number, record);
  let looked = 0;
  for (const record of walk(tx, 'audit', 'key', [propertyId], { from: operation.place })) {
    keep(record);
    looked += 1;
    if (isEndOf(record, id) || looked === LOOKED_AT || record.at > operation.deadline + CLOCK_MARGIN_MS) break;
  }
  const hasEnd = () => [...found.values()].some((record) => isEndOf(record, id));
  if (!hasEnd()) {
    for (const record of tx.find('audit', 'unknownByOperation', [propertyId, id])) keep(record);
    if (isTerminal(operation)) {
      const from = firstNumberSince(tx, propertyId, operation.settledAt);
      for (const record of tx.find('audit', 'key', [propertyId], { from, limit: LOOKED_AT_END })) keep(record);
    }
  }
  const told = [...found.values()]
    .sort((one, other) => one.number - other.number)
    .flatMap((record) => stepOf(tx, record) ?? []);
  return isTerminal(operation) && !hasEnd() ? [...told, endByRow(operation)] : told;
}

function isEndOf({ action, operationId }: AuditRecord, id: OperationId): boolean {
  return action === 'operation-settled' && operationId === id;
}

function stepOf(tx: ReadTx, record: AuditRecord): OperationStep | null {
  const step = STEP_OF[record.action];
  if (step === undefined) return null;
  const { kind, id } = actorParts(record.actor);
  const nameOf = Object.hasOwn(NAME_OF, kind) ? NAME_OF[kind as keyof typeof NAME_OF] : undefined;
  const details = detailsOf(record) as { serial?: string | null; cause?: Cause; state?: OperationState };
  return {
    step,
    at: record.at,
    actor: { kind, id, name: (id !== null && nameOf?.(tx, record.propertyId, id)) || null },
    record: record.number,
    serial: details.serial ?? null,
    cause: details.cause ?? null,
    state: details.state ?? 'accepted',
  };
}

function endByRow({ settledAt, serial, cause, state }: Operation & { readonly settledAt: number }): OperationStep {
  const actor = { kind: 'server', id: null, name: null };
  return { step: 'ended', at: settledAt, actor, record: null, serial, cause, state };
}
