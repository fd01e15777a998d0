import type { LockType } from '../lock/lock-types.ts';
import type { Building, CardKey, Floor, Room } from './places.ts';

/** Which of the card key's versions a lock has, as far as anybody told. */
export type LockKey = 'current' | 'old' | 'unknown';

export interface Filter {
  /** Ids; null for the whole house. */
  readonly building: string | null;
  readonly floor: string | null;
  /** Part of a room's number or name, or a lock's number. */
  readonly search: string;
  readonly lockType: LockType | null;
  readonly lockKey: LockKey | null;
}

export const NO_FILTER: Filter = { building: null, floor: null, search: '', lockType: null, lockKey: null };

/** Digits count as numbers: 9 comes before 10. Compared as text, which a house of 5,000 rooms needs to be quick. */
function keyOf(number: string): string {
  return number.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(20, '0'));
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The version that new cards are written under; null where nobody told. */
export function currentVersion(keys: readonly CardKey[] | undefined): number | null {
  return keys?.find(({ state }) => state === 'current')?.version ?? null;
}

export function lockKeyOf({ lock }: Pick<Room, 'lock'>, current: number | null): LockKey {
  if (lock.keyVersion === null || current === null) return 'unknown';
  return lock.keyVersion === current ? 'current' : 'old';
}

/** As one walks through a house: building by building, the top floor first, by number. */
export function sortRooms(rooms: readonly Room[]): Room[] {
  return rooms
    .map((room) => ({
      room,
      building: keyOf(room.building.number),
      floor: keyOf(room.floor.number),
      number: keyOf(room.number),
    }))
    .sort(
      (one, other) =>
        inOrder(one.building, other.building) || inOrder(other.floor, one.floor) || inOrder(one.number, other.number),
    )
    .map(({ room }) => room);
}

/** The rooms that pass, in the order in which they were given. */
export function filterRooms(rooms: readonly Room[], filter: Filter, current: number | null): Room[] {
  const wanted = fold(filter.search);
  return rooms.filter((room) => {
    if (filter.building !== null && room.building.id !== filter.building) return false;
    if (filter.floor !== null && room.floor.id !== filter.floor) return false;
    if (filter.lockType !== null && room.lock.type !== filter.lockType) return false;
    if (filter.lockKey !== null && lockKeyOf(room, current) !== filter.lockKey) return false;
    if (wanted === '') return true;
    return (
      fold(room.number).includes(wanted) || fold(room.name).includes(wanted) || String(room.lock.number) === wanted
    );
  });
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

export interface TreeFloor {
  readonly floor: Floor;
  readonly rooms: number;
}

export interface TreeBuilding {
  readonly building: Building;
  readonly rooms: number;
  readonly floors: readonly TreeFloor[];
}

/** Buildings with their floors, the top one first, and how many rooms each has. */
export function treeOf(
  buildings: readonly Building[],
  floors: readonly Floor[],
  rooms: readonly Room[],
): TreeBuilding[] {
  const counts = new Map<string, number>();
  for (const { building, floor } of rooms)
    for (const { id } of [building, floor]) counts.set(id, (counts.get(id) ?? 0) + 1);
  return buildings
    .toSorted((one, other) => inOrder(keyOf(one.number), keyOf(other.number)))
    .map((building) => ({
      building,
      rooms: counts.get(building.id) ?? 0,
      floors: floors
        .filter((floor) => floor.building === building.id)
        .toSorted((one, other) => inOrder(keyOf(other.number), keyOf(one.number)))
        .map((floor) => ({ floor, rooms: counts.get(floor.id) ?? 0 })),
    }));
}
