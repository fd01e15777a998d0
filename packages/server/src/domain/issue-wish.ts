import type { Refusal } from './authorise.ts';
import type { Holder } from './guest.ts';
import { FLAG } from './issue-image.ts';
import { canStayOpen, wantsHolder } from './lock-type.ts';
import { type CardRecord, holderTold, type Room } from './places.ts';
import { cardOfGuestIn, placeInOrder, type RoomCards } from './room-order.ts';

/**
 * Whose card an issue makes. `by-holder`: as the name and phone tell (docs/room-card-api.md, "Issue a card"). `new`: a new
 * guest's. `duplicate`: that of the guest who has the room then; with a later end it extends the stay. `lost`: as `new`, and it
 * ends the room's earlier cards as lost.
 */
export type IssueMode = 'by-holder' | 'new' | 'duplicate' | 'lost';

/** A card as it is asked for, for a room that was found. */
export interface IssueWish extends Holder {
  readonly mode: IssueMode;
  /** When the card begins (Unix milliseconds, taken to the minute); null, or a time that has passed, for at once. */
  readonly beginsAt: number | null;
  readonly ownerGender: 'female' | 'male' | null;
  /** Null, here and below: as the card that it duplicates, and else not. */
  readonly normallyOpen: boolean | null;
  readonly networked: boolean | null;
}

/** The record of a card that was asked for, before it has a card and a place among the room's guests. */
export function recordWanted(
  wish: IssueWish,
  room: Room,
  id: string,
  copyOf: CardRecord | null,
  now: number,
): CardRecord {
  const minute = wish.beginsAt === null ? now : Math.floor(wish.beginsAt / 60_000) * 60_000;
  const begun = minute <= now;
  return {
    propertyId: room.propertyId,
    id,
    serial: null,
    roomId: room.id,
    status: 'pending',
    validFrom: begun ? now : minute,
    validUntil: wish.validUntil,
    begun,
    guest: copyOf !== null ? 'same' : wish.mode === 'by-holder' ? 'by-holder' : 'new',
    sameAs: copyOf?.id ?? null,
    sequence: 0,
    flags:
      (wish.normallyOpen === true ? FLAG.normallyOpen : 0) |
      (wish.networked === true ? FLAG.networked : 0) |
      (wish.mode === 'lost' && copyOf === null ? FLAG.lossReport : 0) |
      FLAG.sharedDoors,
    keyVersion: 0,
    owner: wish.owner,
    ownerGender: wish.ownerGender,
    ownerAreaCode: wish.ownerAreaCode,
    ownerMobile: wish.ownerMobile,
    // Whose data was deleted since is nobody whose data was never told.
    holder: copyOf?.holder ?? holderTold(wish),
    issuedAt: now,
    endedAt: null,
  };
}

/** The record with the guest whose card it duplicates. What the wish leaves out is taken from there, as far as the lock can. */
function duplicateOf(record: CardRecord, original: CardRecord, wish: IssueWish, room: Room): CardRecord {
  const from = record.owner === null && record.ownerMobile === null ? original : record;
  const { owner, ownerGender, ownerAreaCode, ownerMobile, holder } = from;
  const guest = { guest: 'same', sameAs: original.id, owner, ownerGender, ownerAreaCode, ownerMobile, holder } as const;
  const open = wish.normallyOpen === null && canStayOpen(room.lockType) ? FLAG.normallyOpen : 0;
  const networked = wish.networked === null ? FLAG.networked : 0;
  return { ...record, ...guest, flags: record.flags | (original.flags & (open | networked)) };
}

/** Why no such card is issued for the room; the record where it may be. A copy belongs to the guest of `copyOf`. */
export function planRecord(
  wish: IssueWish,
  room: Room,
  roomCards: (record: CardRecord) => RoomCards,
  { id, copyOf, now }: { readonly id: string; readonly copyOf: CardRecord | null; readonly now: number },
): { readonly refusal: Refusal } | { readonly record: CardRecord; readonly sequence: number } {
  const wanted = recordWanted(wish, room, id, copyOf, now);
  if (wanted.validUntil <= now) return { refusal: { cause: 'end-time-past' } };
  if (wanted.validUntil <= wanted.validFrom) return { refusal: { cause: 'end-before-begin' } };
  if (wish.mode === 'lost' && !wanted.begun) return { refusal: { cause: 'lost-for-later' } };
  if (wish.normallyOpen === true && !canStayOpen(room.lockType)) return { refusal: { cause: 'open-type-unfit' } };
  let record = wanted;
  if (wish.mode === 'duplicate' && copyOf === null) {
    const original = cardOfGuestIn(wanted, roomCards(wanted), now);
    if (original === undefined) return { refusal: { cause: 'no-guest-in' } };
    record = duplicateOf(wanted, original, wish, room);
  }
  if (record.owner === null && wantsHolder(room)) return { refusal: { cause: 'owner-required' } };
  const placed = placeInOrder(record, roomCards(record), now);
  return 'refusal' in placed ? placed : { record, sequence: placed.sequence };
}
