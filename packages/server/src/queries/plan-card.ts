import type { Refusal } from '../domain/authorise.ts';
import { type IssueWish, planRecord } from '../domain/issue-wish.ts';
import { UPCOMING_OF_A_ROOM } from '../domain/limits.ts';
import type { CardRecord, Room } from '../domain/places.ts';
import type { Hint, HintedRow } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';
import { findRoom, hintRoom } from './find-room.ts';
import { roomCardsBeside, upcomingCards } from './room-cards.ts';

/** A room by its id, or as the room-card API names it. */
export type RoomRef =
  | { readonly roomId: string }
  | { readonly roomId?: undefined; readonly buildingNo: string; readonly floorNo: string; readonly roomNo: string };

export function findWantedRoom(tx: ReadTx, propertyId: string, ref: RoomRef): Room | undefined {
  return ref.roomId === undefined ? findRoom(tx, propertyId, ref) : tx.get('rooms', propertyId, ref.roomId);
}

/** Why no such card is issued for the room now; or its record and number. An issue and its preview both decide by this. */
export function planCard(
  tx: ReadTx,
  wish: IssueWish,
  room: Room,
  facts: { readonly id: string; readonly copyOf: CardRecord | null; readonly now: number },
): { readonly refusal: Refusal } | { readonly record: CardRecord; readonly sequence: number } {
  const planned = planRecord(wish, room, (record) => roomCardsBeside(tx, room, record, facts.now), facts);
  if ('refusal' in planned) return planned;
  const isFull = !planned.record.begun && upcomingCards(tx, room).length >= UPCOMING_OF_A_ROOM;
  return isFull ? { refusal: { cause: 'too-many-upcoming' } } : planned;
}

export function hintWantedRoom(hint: Hint, propertyId: string, ref: RoomRef): HintedRow<'rooms'> {
  return ref.roomId === undefined ? hintRoom(hint, propertyId, ref) : hint.get('rooms', propertyId, ref.roomId);
}
