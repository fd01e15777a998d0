import type { OperationId, Serial } from '@keyrack/protocol';
import { checkCardType, type Refusal } from '../../domain/authorise.ts';
import { type CardType, cardTypeOf } from '../../domain/lock-type.ts';
import type { Card, CardRecord } from '../../domain/places.ts';
import { isErased } from '../../domain/plastic.ts';
import { currentEpoch, hintEpoch } from '../../queries/current-epoch.ts';
import { hintCard, recordOnCard } from '../../queries/known-card.ts';
import type { Hint } from '../../store/hints.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';
import {
  type AcceptResult,
  acceptedBefore,
  acceptRequest,
  actorOf,
  hintAcceptance,
  type OperationRequest,
  refusalOfRequester,
  refuseRequest,
  requesterDetails,
} from './accept-request.ts';
import { joinRepeat } from './join-repeat.ts';

export interface AcceptCancel extends OperationRequest {
  readonly serial: Serial;
  /** Null for the one that fits the lock of the card's room. */
  readonly cardType: CardType | null;
}

/**
 * Accepts a cancel, or tells why not (docs/room-card-api.md, "Cancel a card"). Checks who asks before it looks at the card, so that a
 * stranger learns nothing of the property.
 */
export function acceptCancel(tx: Tx, input: AcceptCancel): AcceptResult {
  const { propertyId, serial, now } = input;
  const refuse = (refusal: Refusal) => refuseRequest(tx, input, 'cancel', refusal, { serial });
  const before = acceptedBefore(tx, input);
  if (before !== null) return before;
  const refusal = refusalOfRequester(tx, input);
  if (refusal !== null) return refuse(refusal);

  const card = tx.get('cards', propertyId, serial);
  if (card === undefined) return refuse({ cause: 'card-unknown' });
  const record = recordOnCard(tx, card);
  const room = record === undefined ? undefined : tx.get('rooms', propertyId, record.roomId);
  if (record === undefined || room === undefined) return refuse({ cause: 'card-never-issued' });
  const cardType = input.cardType ?? cardTypeOf(room.lockType);
  const mismatch = checkCardType(cardType, room.lockType);
  if (mismatch !== null) return refuse(mismatch);

  const joined = joinRepeat(tx, input, 'cancel');
  if (joined !== null) return joined;
  if (isEnded(record) && isErased(card, currentEpoch(tx)) && !isGranted(tx, propertyId, serial)) {
    const operationId = cancelledBy(tx, card);
    audit(tx, {
      propertyId,
      at: now,
      action: 'operation-repeated',
      actor: actorOf(input),
      ...(operationId && { operationId }),
      details: { kind: 'cancel', serial, ...requesterDetails(input) },
    });
    return { verdict: 'already-done', operationId };
  }
  const details = { serial, room: room.id };
  return acceptRequest(tx, input, {
    kind: 'cancel',
    cardType,
    serial,
    recordId: record.id,
    room: room.name,
    details,
  });
}

/** Whether the record has no card any more: it was erased, or its write was torn and the plastic erased since. */
function isEnded({ status }: CardRecord): boolean {
  return status === 'cancelled' || status === 'void';
}

/** The cancel that erased the card, unless something else was tried on it since or a restored database lost it. */
function cancelledBy(tx: ReadTx, { propertyId, lastGranted }: Card): OperationId | null {
  const last = lastGranted === null ? undefined : tx.get('operations', propertyId, lastGranted);
  return last?.kind === 'cancel' ? last.id : null;
}

function isGranted(tx: ReadTx, propertyId: string, serial: Serial): boolean {
  return tx.find('operations', 'unsettledBySerial', [propertyId, serial], { limit: 1 }).length > 0;
}

acceptCancel.hints = (hint: Hint, input: AcceptCancel) => {
  const { propertyId, serial } = input;
  hintAcceptance(hint, input);
  const { record } = hintCard(hint, propertyId, serial);
  hint.get('rooms', propertyId, record.of('roomId'));
  hintEpoch(hint);
};
