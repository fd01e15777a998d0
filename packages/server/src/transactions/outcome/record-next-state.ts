import type { AuditAction } from '../../domain/audit.ts';
import type { Doer } from '../../domain/caller.ts';
import type { Cause } from '../../domain/causes.ts';
import { advance, type Operation, type OperationEvent } from '../../domain/operation.ts';
import { cardAfter, newCard, recordAfter } from '../../domain/plastic.ts';
import { currentEpoch, hintEpoch } from '../../queries/current-epoch.ts';
import type { Hint, HintedRow } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';
import { audit, hintAudit } from '../audit/append-audit.ts';
import { grantEnded } from '../journal/change-owner.ts';
import { endEarlierCards } from './end-earlier-cards.ts';
import { addRoomEvent, hintRoomEvents } from './room-events.ts';
import { touchEncoder } from './unlifted-cards.ts';

/**
 * Takes an operation to its next state, with all that follows from it for card, card record and audit log. Null when
 * the event doesn't apply any more, and then nothing is written. `doer`: who did it over /v1, for the audit record.
 */
export function change(
  tx: Tx,
  operation: Operation,
  event: OperationEvent,
  at: number,
  actor: string,
  doer?: Doer,
): Operation | null {
  const next = advance(operation, event);
  if (next === null) return null;
  tx.put('operations', next);
  if (next.state !== operation.state) {
    touchCard(tx, next);
    touchRecord(tx, next, at);
    touchEncoder(tx, next);
    if (operation.state === 'granted') grantEnded(tx, next, at);
    const action = auditActionOf(next);
    const by = doer === undefined ? {} : { by: doer.by, from: doer.from };
    const details = { ...detailsOf(next), ...by };
    if (action !== null) audit(tx, { propertyId: next.propertyId, at, action, actor, operationId: next.id, details });
  }
  return next;
}

function touchCard(tx: Tx, operation: Operation): void {
  const { propertyId, grant } = operation;
  if (grant === null) return;
  const known = tx.get('cards', propertyId, grant.serial) ?? newCard(propertyId, grant.serial);
  const card =
    operation.state === 'granted'
      ? { ...known, lastGranted: operation.id }
      : cardAfter(known, operation, currentEpoch(tx));
  tx.put('cards', { ...card, recordId: recordIdAfter(operation, card.recordId) });
}

/** The record on the plastic. A cancel of a half-written card that was no card before leaves that issue's record there. */
function recordIdAfter({ kind, state, recordId }: Operation, before: string | null): string | null {
  if (state !== 'succeeded') return before;
  return kind === 'issue' ? recordId : (before ?? recordId);
}

function touchRecord(tx: Tx, operation: Operation, at: number): void {
  const { propertyId, recordId } = operation;
  const record = recordId === null ? undefined : tx.get('cardRecords', propertyId, recordId);
  if (operation.state === 'succeeded') addRoomEvent(tx, { kind: EVENT_OF[operation.kind], record, operation, at });
  if (record === undefined) return;
  const next = recordAfter(record, operation, at);
  if (next === record) return;
  tx.put('cardRecords', next);
  if (next.status !== 'active') return;
  for (const { record: ended, mayOpenUntil } of endEarlierCards(tx, next, at)) {
    addRoomEvent(tx, { kind: ended.status === 'lost' ? 'lost' : 'superseded', record: ended, operation, at });
    const details = { serial: ended.serial, record: ended.id, status: ended.status, mayOpenUntil };
    audit(tx, { propertyId, at, action: 'card-superseded', actor: 'server', operationId: operation.id, details });
  }
}

const EVENT_OF = { issue: 'issued', read: 'read', cancel: 'cancelled' } as const;

function auditActionOf(operation: Operation): AuditAction | null {
  switch (operation.state) {
    case 'granted':
      return 'operation-granted';
    case 'accepted':
      return 'operation-not-written';
    case 'unknown':
      return 'operation-unknown';
    default:
      return 'operation-settled';
  }
}

function detailsOf(operation: Operation): Record<string, unknown> {
  const { kind, state, serial, grant, cause } = operation;
  return {
    kind,
    state,
    serial,
    ...(cause === null ? {} : { cause: cause satisfies Cause }),
    ...(grant === null ? {} : { nonce: grant.nonce, before: grant.before, target: grant.target }),
  };
}

/** What a change of this operation looks at, and the room of its record where it has one. */
export function hintChange(
  hint: Hint,
  propertyId: string,
  operation: HintedRow<'operations'>,
): { readonly record: HintedRow<'cardRecords'> } {
  hint.get('cards', propertyId, operation.of('serial'));
  hint.get('encoders', propertyId, operation.of('encoder'));
  hintEpoch(hint);
  hintAudit(hint, propertyId);
  return { record: hint.get('cardRecords', propertyId, operation.of('recordId')) };
}

/** What follows where it ends with a success besides: the room's history, and the cards that this one puts out of use. */
export function hintSuccess(hint: Hint, propertyId: string, id: string): void {
  const operation = hint.get('operations', propertyId, id);
  const { record } = hintChange(hint, propertyId, operation);
  const roomId = record.of('roomId');
  hint.find('cardRecords', 'activeBySerial', [propertyId, operation.of('serial')]);
  hint.find('cardRecords', 'activeBySequence', [propertyId, roomId], { before: record.of('sequence') });
  const later = record.of('sequence', { plus: 1 });
  hint.find('cardRecords', 'issuedBySequence', [propertyId, roomId], { from: later, limit: 1 });
  hintRoomEvents(hint, propertyId, id);
}
