import type { Refusal } from '../../domain/authorise.ts';
import type { Copy } from '../../domain/copy-set.ts';
import type { IssueWish } from '../../domain/issue-wish.ts';
import { cardTypeOf, followsSignIn } from '../../domain/lock-type.ts';
import type { Operation } from '../../domain/operation.ts';
import type { CardRecord, Room } from '../../domain/places.ts';
import { currentEpoch } from '../../queries/current-epoch.ts';
import { findWantedRoom, hintWantedRoom, planCard, type RoomRef } from '../../queries/plan-card.ts';
import { hintRoomCards } from '../../queries/room-cards.ts';
import type { Hint } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';
import {
  type AcceptResult,
  acceptedBefore,
  acceptRequest,
  hintAcceptance,
  type OperationRequest,
  refusalOfRequester,
  refuseRequest,
} from './accept-request.ts';
import { joinRepeat } from './join-repeat.ts';
import { keepCopy } from './keep-copy.ts';

export type AcceptIssue = RoomRef &
  OperationRequest &
  IssueWish & {
    readonly recordId: string;
    /** Which card of which set of copies this is. The first one begins the set. */
    readonly copy?: Omit<Copy, 'propertyId' | 'operationId'>;
  };

/** Accepts the issue of one more card for a room, or tells why not (docs/room-card-api.md, "Issue a card"). */
export function acceptIssue(tx: Tx, input: AcceptIssue): AcceptResult {
  const { propertyId } = input;
  const refuse = (refusal: Refusal) => refuseRequest(tx, input, 'issue', refusal, detailsOfRoom(input));
  const before = acceptedBefore(tx, input);
  if (before !== null) return before;
  const refusal = refusalOfRequester(tx, input);
  if (refusal !== null) return refuse(refusal);
  const room = findWantedRoom(tx, propertyId, input);
  if (room === undefined) return refuse({ cause: 'room-unknown' });
  const joined = joinRepeat(tx, input, 'issue');
  if (joined !== null) return joined;
  const accepted = acceptCard(tx, input, room, null, refuse);
  if (input.copy !== undefined && accepted.verdict === 'accepted') beginSet(tx, input, input.copy, accepted.operation);
  return accepted;
}

function detailsOfRoom(input: RoomRef): Readonly<Record<string, unknown>> {
  if (input.roomId !== undefined) return { room: input.roomId };
  const { buildingNo, floorNo, roomNo } = input;
  return { buildingNo, floorNo, roomNo };
}

/** Accepts one card for a room that was found. A copy belongs to the guest of the card `copyOf`. */
export function acceptCard(
  tx: Tx,
  input: AcceptIssue,
  room: Room,
  copyOf: CardRecord | null,
  refuse: (refusal: Refusal) => AcceptResult,
): AcceptResult {
  const planned = planCard(tx, input, room, { id: input.recordId, copyOf, now: input.now });
  if ('refusal' in planned) return refuse(planned.refusal);
  // Over /v1 the desk where they are signed in decides, whatever the lock.
  if (input.encoder === null && input.doer === undefined && !followsSignIn(cardTypeOf(room.lockType)))
    return refuse({ cause: 'encoder-required' });
  const { record } = planned;
  const result = acceptRequest(tx, input, {
    kind: 'issue',
    cardType: cardTypeOf(room.lockType),
    serial: null,
    recordId: record.id,
    room: room.name,
    details: {
      room: room.id,
      validUntil: record.validUntil,
      flags: record.flags,
      ...(!record.begun && { begins: record.validFrom }),
      ...(record.sameAs !== null && { sameAs: record.sameAs }),
      ...(input.copy && { copy: input.copy }),
    },
  });
  if (result.verdict === 'accepted') tx.put('cardRecords', record);
  return result;
}

/**
 * Begins a set with its first card. The set outlives the request: its row says what is left to be made. Where a desk decided which
 * encoder makes the first card, the others are made there too.
 */
function beginSet(
  tx: Tx,
  input: AcceptIssue,
  { set: id, of }: Omit<Copy, 'propertyId' | 'operationId'>,
  { encoder }: Operation,
): void {
  const { propertyId, recordId, memberId, doer, now, deadline, idleMs } = input;
  if (doer === undefined) throw new Error('copies are asked for over /v1');
  const asked = { memberId, doer, encoder, waitMs: deadline - now, idleMs, epoch: currentEpoch(tx), begunAt: now };
  const begun = { propertyId, id, of, operations: [], recordId, state: 'running', cause: null, endedAt: null } as const;
  keepCopy(tx, { ...begun, ...asked }, input.id);
}

acceptIssue.hints = (hint: Hint, input: AcceptIssue) => {
  const { propertyId, recordId } = input;
  hintAcceptance(hint, input);
  const room = hintWantedRoom(hint, propertyId, input);
  hintRoomCards(hint, propertyId, room.of('id'));
  hint.get('cardRecords', propertyId, recordId);
};
