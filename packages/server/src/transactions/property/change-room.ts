import { isKnown, type KnownTags } from '../../domain/entity-tag.ts';
import { HIGHEST_LOCK_NUMBER } from '../../domain/lock-number.ts';
import type { LockType } from '../../domain/lock-type.ts';
import type { Building, Floor, Room } from '../../domain/places.ts';
import { nextLockNumber } from '../../queries/next-lock-number.ts';
import { type LiveCard, liveCards, type PlacedRoom, placeRoom } from '../../queries/rooms-page.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { note, type PlaceChange, type PlaceRefusal } from './change-place.ts';

type RoomRefusal =
  | PlaceRefusal
  | { readonly verdict: 'floor-unknown' | 'lock-number-taken' | 'lock-numbers-used-up' | 'key-version-unknown' }
  | { readonly verdict: 'room-has-cards'; readonly cards: readonly LiveCard[] };

export interface GivenLock {
  readonly type?: LockType | undefined;
  readonly gateway?: boolean | undefined;
  /** The card key version that it was programmed with. */
  readonly keyVersion?: number | undefined;
}

export interface CreateRoom extends PlaceChange {
  readonly id: string;
  readonly floor: string;
  readonly number: string;
  readonly name: string;
  readonly lock: GivenLock & { readonly type: LockType; readonly number?: number | undefined };
}

/** What the ETag of a room is made of: a change of its place's name is none of the room. */
export function shownRoom({ room, programmed }: Pick<PlacedRoom, 'room' | 'programmed'>) {
  const { id, buildingId, floorId, no, name, lockType, lockNumber, gateway } = room;
  return { id, buildingId, floorId, no, name, lockType, lockNumber, gateway, key: programmed?.keyVersion ?? null };
}

export function createRoom(
  tx: Tx,
  input: CreateRoom,
): { readonly verdict: 'created'; readonly placed: PlacedRoom } | RoomRefusal {
  const { propertyId, id, number, name, lock } = input;
  const floor = tx.get('floors', propertyId, input.floor);
  const building = floor && tx.get('buildings', propertyId, floor.buildingId);
  if (floor === undefined || building === undefined) return { verdict: 'floor-unknown' };
  if (lock.keyVersion !== undefined && !hasVersion(tx, propertyId, lock.keyVersion))
    return { verdict: 'key-version-unknown' };
  const refusal = numberRefusal(tx, building, floor, number);
  if (refusal !== null) return refusal;
  const lockNumber = lock.number ?? nextLockNumber(tx, propertyId);
  if (lockNumber > HIGHEST_LOCK_NUMBER) return { verdict: 'lock-numbers-used-up' };
  if (isLockNumberTaken(tx, propertyId, lockNumber)) return { verdict: 'lock-number-taken' };
  const room: Room = {
    propertyId,
    id,
    buildingId: building.id,
    floorId: floor.id,
    no: number,
    name,
    lockType: lock.type,
    lockNumber,
    sequence: 0,
    gateway: lock.gateway ?? false,
    joinedNo: building.no + floor.no + number,
  };
  tx.put('rooms', room);
  noteProgrammed(tx, input, id, lock.keyVersion);
  const placed = placeRoom(tx, room);
  note(tx, input, 'place-added', { room: shownRoom(placed) });
  return { verdict: 'created', placed };
}

export interface ChangeRoom extends PlaceChange {
  readonly id: string;
  readonly changes: {
    readonly number?: string | undefined;
    readonly name?: string | undefined;
    readonly lock?: GivenLock | undefined;
  };
  readonly knownTags: KnownTags;
}

/** Changes a room. The lock's number stays: its keys and the cards of its guests are made for it. */
export function changeRoom(
  tx: Tx,
  input: ChangeRoom,
): { readonly verdict: 'changed'; readonly placed: PlacedRoom } | RoomRefusal {
  const { propertyId, id, changes, knownTags } = input;
  const known = tx.get('rooms', propertyId, id);
  if (known === undefined) return { verdict: 'not-found' };
  const before = placeRoom(tx, known);
  if (!isKnown(knownTags, shownRoom(before))) return { verdict: 'changed-meanwhile' };
  const { number = known.no, name = known.name, lock = {} } = changes;
  if (number !== known.no) {
    const refusal = numberRefusal(tx, before.building, before.floor, number);
    if (refusal !== null) return refusal;
  }
  if (lock.keyVersion !== undefined && !hasVersion(tx, propertyId, lock.keyVersion))
    return { verdict: 'key-version-unknown' };
  tx.put('rooms', {
    ...known,
    no: number,
    name,
    lockType: lock.type ?? known.lockType,
    gateway: lock.gateway ?? known.gateway,
    joinedNo: before.building.no + before.floor.no + number,
  });
  noteProgrammed(tx, input, id, lock.keyVersion);
  const placed = placeRoom(tx, tx.get('rooms', propertyId, id) ?? known);
  note(tx, input, 'place-changed', { room: shownRoom(placed) });
  return { verdict: 'changed', placed };
}

/** Removes a room that no live card opens. The number of its lock is never given to another room. */
export function removeRoom(
  tx: Tx,
  input: PlaceChange & { readonly id: string },
): { readonly verdict: 'removed' } | RoomRefusal {
  const { propertyId, id, now } = input;
  const room = tx.get('rooms', propertyId, id);
  if (room === undefined) return { verdict: 'not-found' };
  const cards = liveCards(tx, room, now);
  if (cards.length > 0) return { verdict: 'room-has-cards', cards };
  const placed = placeRoom(tx, room);
  tx.remove('rooms', propertyId, id);
  tx.remove('programmedLocks', propertyId, id);
  tx.put('retiredLocks', { propertyId, lockNumber: room.lockNumber, roomId: id, at: now });
  note(tx, input, 'place-removed', { room: shownRoom(placed) });
  return { verdict: 'removed' };
}

function numberRefusal(tx: ReadTx, building: Building, floor: Floor, number: string): PlaceRefusal | null {
  const { propertyId } = building;
  if (tx.find('rooms', 'byNo', [propertyId, floor.id, number], { limit: 1 }).length > 0)
    return { verdict: 'number-taken' };
  const joinedNo = building.no + floor.no + number;
  if (tx.find('rooms', 'byJoinedNo', [propertyId, joinedNo], { limit: 1 }).length > 0)
    return { verdict: 'numbers-run-together', joinedNo };
  return null;
}

function isLockNumberTaken(tx: ReadTx, propertyId: string, lockNumber: number): boolean {
  if (tx.get('retiredLocks', propertyId, lockNumber) !== undefined) return true;
  return tx.find('rooms', 'byLockNumber', [propertyId, lockNumber], { limit: 1 }).length > 0;
}

/** Rooms that may have been added since a backup: those of one whole import. */
const ADDED_SINCE_BACKUP = 10_000;

/**
 * After a restore no lock gets a number that another one may have got since the backup: the doors still have them, and one would
 * open for the cards of another room.
 */
export function passOverLockNumbers(tx: Tx, propertyId: string, now: number): void {
  const lockNumber = Math.min(nextLockNumber(tx, propertyId) - 1 + ADDED_SINCE_BACKUP, HIGHEST_LOCK_NUMBER);
  if (tx.get('retiredLocks', propertyId, lockNumber) === undefined)
    tx.put('retiredLocks', { propertyId, lockNumber, roomId: 'of the time since a backup', at: now });
}

function hasVersion(tx: ReadTx, propertyId: string, keyVersion: number): boolean {
  return tx.get('properties', propertyId)?.cardKeys.some(({ version }) => version === keyVersion) ?? false;
}

export function noteProgrammed(
  tx: Tx,
  { propertyId, now }: PlaceChange,
  roomId: string,
  keyVersion: number | undefined,
): void {
  if (keyVersion !== undefined) tx.put('programmedLocks', { propertyId, roomId, keyVersion, at: now });
}
