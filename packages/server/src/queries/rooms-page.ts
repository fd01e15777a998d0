import type { LockType } from '../domain/lock-type.ts';
import type { Building, CardRecord, Floor, ProgrammedLock, Property, Room } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { walk } from '../store/walk-pages.ts';

/** A room with its place and what its lock was programmed with. */
export interface PlacedRoom {
  readonly room: Room;
  readonly building: Building;
  readonly floor: Floor;
  /** Null where nobody told. */
  readonly programmed: ProgrammedLock | null;
}

/** Which card key a lock has: the one that cards are written under now, the one before that it accepts too, or neither. */
export type LockKey = 'current' | 'previous' | 'older' | 'unknown';

export function lockKeyOf({ cardKeys }: Pick<Property, 'cardKeys'>, programmed: ProgrammedLock | null): LockKey {
  if (programmed === null) return 'unknown';
  const [current, previous] = cardKeys.map(({ version }) => version).sort((one, other) => other - one);
  if (programmed.keyVersion === current) return 'current';
  return programmed.keyVersion === previous ? 'previous' : 'older';
}

export function placeRoom(tx: ReadTx, room: Room): PlacedRoom {
  const { propertyId } = room;
  const building = tx.get('buildings', propertyId, room.buildingId);
  const floor = tx.get('floors', propertyId, room.floorId);
  if (building === undefined || floor === undefined) throw new Error(`room ${room.id} stands on no floor`);
  return { room, building, floor, programmed: tx.get('programmedLocks', propertyId, room.id) ?? null };
}

export function getRoom(
  tx: ReadTx,
  { propertyId, id }: { readonly propertyId: string; readonly id: string },
): PlacedRoom | null {
  const room = tx.get('rooms', propertyId, id);
  return room === undefined ? null : placeRoom(tx, room);
}

export interface RoomFilters {
  readonly building?: string | undefined;
  readonly floor?: string | undefined;
  readonly lockType?: LockType | undefined;
  readonly lockKey?: readonly LockKey[] | undefined;
}

/** Where a page of rooms begins: behind this one. */
export type RoomPosition = Pick<Room, 'joinedNo' | 'id'>;

/** Rooms that are looked at for one page: filters may leave out many. */
const LOOKED_AT = 1_000;

/** Rooms by their numbers. `next` is where the next page begins; null where this is the last. It may be short. */
export function roomsPage(
  tx: ReadTx,
  input: RoomFilters & {
    readonly propertyId: string;
    readonly after: RoomPosition | null;
    readonly limit: number;
  },
): { readonly rooms: PlacedRoom[]; readonly next: RoomPosition | null } {
  const { propertyId, after, limit } = input;
  const property = tx.get('properties', propertyId);
  if (property === undefined) return { rooms: [], next: null };
  const begin = after === null ? {} : { after: { ...after, propertyId } };
  const looked = tx.find('rooms', 'byJoinedNo', [propertyId], { ...begin, limit: LOOKED_AT });
  const shown: PlacedRoom[] = [];
  for (const room of looked) {
    if (shown.length === limit) return { rooms: shown, next: positionOf(shown.at(-1)) };
    if (input.building !== undefined && room.buildingId !== input.building) continue;
    if (input.floor !== undefined && room.floorId !== input.floor) continue;
    if (input.lockType !== undefined && room.lockType !== input.lockType) continue;
    const placed = placeRoom(tx, room);
    if (input.lockKey === undefined || input.lockKey.includes(lockKeyOf(property, placed.programmed)))
      shown.push(placed);
  }
  const last = looked.length === LOOKED_AT ? looked.at(-1) : undefined;
  return { rooms: shown, next: last === undefined ? null : { joinedNo: last.joinedNo, id: last.id } };
}

function positionOf(last: PlacedRoom | undefined): RoomPosition | null {
  return last === undefined ? null : { joinedNo: last.room.joinedNo, id: last.room.id };
}

/** A card that keeps a room from being removed. */
export type LiveCard = Pick<CardRecord, 'id' | 'serial' | 'status' | 'validUntil'>;

/** Most cards that are named of a room: a guest has a few. */
const NAMED = 100;

/** The cards of a room that open its door, or will, or are being issued. */
export function liveCards(tx: ReadTx, { propertyId, id }: Pick<Room, 'propertyId' | 'id'>, now: number): LiveCard[] {
  const live: LiveCard[] = [];
  const note = ({ id, serial, status, validUntil }: CardRecord) => live.push({ id, serial, status, validUntil });
  for (const record of tx.find('cardRecords', 'activeBySequence', [propertyId, id]))
    if (record.validUntil > now && live.length < NAMED) note(record);
  for (const record of tx.find('cardRecords', 'upcomingByRoom', [propertyId, id]))
    if (record.status !== 'lost' && record.validUntil > now && live.length < NAMED) note(record);
  // One that is being issued may be on its card already, whenever it ends.
  for (const record of walk(tx, 'cardRecords', 'pendingBySequence', [propertyId, id])) {
    if (live.length >= NAMED) break;
    if (record.validUntil > now) note(record);
  }
  return live;
}
