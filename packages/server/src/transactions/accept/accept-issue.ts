import type { Refusal } from '../../domain/authorise.ts';
import type { Holder } from '../../domain/guest.ts';
import { FLAG } from '../../domain/issue-image.ts';
import { cardTypeOf, followsSignIn, type LockType } from '../../domain/lock-type.ts';
import type { CardRecord, Room } from '../../domain/places.ts';
import { findRoom } from '../../queries/find-room.ts';
import type { Tx } from '../../store/store.ts';
import {
  type AcceptResult,
  acceptedBefore,
  acceptRequest,
  type OperationRequest,
  refusalOfRequester,
  refuseRequest,
} from './accept-request.ts';
import { joinRepeat } from './join-repeat.ts';

export interface AcceptIssue extends OperationRequest, Holder {
  readonly recordId: string;
  readonly buildingNo: string;
  readonly floorNo: string;
  readonly roomNo: string;
  readonly ownerGender: 'female' | 'male' | null;
  readonly normallyOpen: boolean;
  readonly networked: boolean;
  readonly lossReport: boolean;
}

const CAN_STAY_OPEN: readonly LockType[] = ['QRBLOCK', 'QRMLOCK', 'QRALOCK'];
const WANTS_OWNER: readonly LockType[] = ['QRNLOCK', 'QRNLOCK-WIFI'];

/** Accepts the issue of one more card for a room, or tells why not (docs/room-card-api.md, "Issue a card"). */
export function acceptIssue(tx: Tx, input: AcceptIssue): AcceptResult {
  const { propertyId, now } = input;
  const { buildingNo, floorNo, roomNo } = input;
  const refuse = (refusal: Refusal) => refuseRequest(tx, input, 'issue', refusal, { buildingNo, floorNo, roomNo });
  const before = acceptedBefore(tx, input);
  if (before !== null) return before;
  const refusal = refusalOfRequester(tx, input);
  if (refusal !== null) return refuse(refusal);
  const room = findRoom(tx, propertyId, input);
  if (room === undefined) return refuse({ cause: 'room-unknown' });
  const joined = joinRepeat(tx, input, 'issue');
  if (joined !== null) return joined;
  const roomRefusal = refusalOfRoom(input, room);
  if (roomRefusal !== null) return refuse(roomRefusal);

  const record: CardRecord = {
    propertyId,
    id: input.recordId,
    serial: null,
    roomId: room.id,
    status: 'pending',
    validFrom: now,
    validUntil: input.validUntil,
    sequence: 0,
    flags:
      (input.normallyOpen ? FLAG.normallyOpen : 0) |
      (input.networked ? FLAG.networked : 0) |
      (input.lossReport ? FLAG.lossReport : 0) |
      FLAG.sharedDoors,
    keyVersion: 0,
    owner: input.owner,
    ownerGender: input.ownerGender,
    ownerAreaCode: input.ownerAreaCode,
    ownerMobile: input.ownerMobile,
    issuedAt: now,
    endedAt: null,
  };
  const result = acceptRequest(tx, input, {
    kind: 'issue',
    cardType: cardTypeOf(room.lockType),
    serial: null,
    recordId: record.id,
    room: room.name,
    details: { room: room.id, validUntil: record.validUntil, flags: record.flags },
  });
  if (result.verdict === 'accepted') tx.put('cardRecords', record);
  return result;
}

function refusalOfRoom(input: AcceptIssue, room: Room): Refusal | null {
  if (input.validUntil <= input.now) return { cause: 'end-time-past' };
  if (input.normallyOpen && !CAN_STAY_OPEN.includes(room.lockType)) return { cause: 'open-type-unfit' };
  if (input.owner === null && (room.gateway || WANTS_OWNER.includes(room.lockType))) return { cause: 'owner-required' };
  if (input.encoder === null && !followsSignIn(cardTypeOf(room.lockType))) return { cause: 'encoder-required' };
  return null;
}
