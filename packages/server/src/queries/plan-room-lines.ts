import { HIGHEST_LOCK_NUMBER } from '../domain/lock-number.ts';
import type { LockType } from '../domain/lock-type.ts';
import type { Building, Floor, Room } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { nextLockNumber } from './next-lock-number.ts';

/** A line of a list of rooms. What is left out stays as it is, where the room is there already. */
export interface RoomLine {
  readonly building: string;
  readonly buildingName?: string | undefined;
  readonly floor: string;
  readonly floorName?: string | undefined;
  readonly number: string;
  readonly name?: string | undefined;
  readonly lockType: LockType;
  readonly gateway?: boolean | undefined;
  readonly lockNumber?: number | undefined;
  readonly keyVersion?: number | undefined;
}

export interface RoomLines {
  readonly propertyId: string;
  readonly lines: readonly RoomLine[];
  /** Three for each line: of its building, floor and room, where they are new. */
  readonly ids: readonly string[];
}

/** What is wrong with a line, by its index. */
export interface LineError {
  readonly line: number;
  readonly field: string;
  readonly why:
    | {
        readonly is:
          | 'repeated'
          | 'key-version-unknown'
          | 'lock-number-taken'
          | 'lock-number-stays'
          | 'lock-numbers-used-up';
      }
    | { readonly is: 'numbers-run-together'; readonly joinedNo: string };
}

/** What a list of rooms comes to. */
export interface CountedLines {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Where there are any, nothing is changed. */
  readonly errors: readonly LineError[];
}

interface PlannedRoom {
  readonly room: Room;
  readonly keyVersion: number | undefined;
  readonly isNew: boolean;
}

/** What taking a list of rooms over would change. */
export interface PlannedLines extends CountedLines {
  readonly buildings: readonly Building[];
  readonly floors: readonly Floor[];
  readonly rooms: readonly PlannedRoom[];
}

/** What a list of rooms would come to. Nothing waits for it: it is read as lists are. */
export function countRoomLines(tx: ReadTx, lines: RoomLines): CountedLines {
  const { added, changed, unchanged, errors } = planRoomLines(tx, lines);
  return { added, changed, unchanged, errors };
}

export function planRoomLines(tx: ReadTx, { propertyId, lines, ids }: RoomLines): PlannedLines {
  const buildings = new Map<string, Building>();
  const floors = new Map<string, Floor>();
  const rooms: PlannedRoom[] = [];
  // Read at once: a look-up for each of ten thousand lines would take many times as long.
  const there = tx.find('rooms', 'byJoinedNo', [propertyId]);
  const joined = new Map(there.map((room) => [room.joinedNo, room.id]));
  const placed = new Map(there.map((room) => [`${room.floorId} ${room.no}`, room]));
  const given = new Map<string, number>();
  const locks = new Set(lines.map(({ lockNumber }) => lockNumber));
  const usedLocks = new Set(there.map(({ lockNumber }) => lockNumber));
  const versions = tx.get('properties', propertyId)?.cardKeys.map(({ version }) => version) ?? [];
  const errors: LineError[] = [];
  let next = nextLockNumber(tx, propertyId);
  const counts = { added: 0, changed: 0, unchanged: 0 };

  for (const [line, each] of lines.entries()) {
    const fail = (field: string, why: LineError['why']) => errors.push({ line, field, why });
    const building = takeBuilding(tx, propertyId, each, buildings, ids[3 * line] as string);
    const floor = takeFloor(tx, building, each, floors, ids[3 * line + 1] as string);
    const place = `${floor.id} ${each.number}`;
    const known = placed.get(place);
    const id = known?.id ?? (ids[3 * line + 2] as string);
    const joinedNo = building.no + floor.no + each.number;
    if (given.has(place)) fail('number', { is: 'repeated' });
    else if ((joined.get(joinedNo) ?? id) !== id) fail('number', { is: 'numbers-run-together', joinedNo });
    given.set(place, line);
    joined.set(joinedNo, id);
    const { lockNumber: wanted } = each;
    if (wanted !== undefined && known !== undefined && wanted !== known.lockNumber)
      fail('lockNumber', { is: 'lock-number-stays' });
    else if (wanted !== undefined && known === undefined) {
      if (usedLocks.has(wanted) || tx.get('retiredLocks', propertyId, wanted) !== undefined)
        fail('lockNumber', { is: 'lock-number-taken' });
      usedLocks.add(wanted);
    }
    if (each.keyVersion !== undefined && !versions.includes(each.keyVersion))
      fail('keyVersion', { is: 'key-version-unknown' });
    if (wanted === undefined && known === undefined) while (locks.has(next)) next += 1;
    const lockNumber = known?.lockNumber ?? wanted ?? next++;
    if (lockNumber > HIGHEST_LOCK_NUMBER) fail('lockNumber', { is: 'lock-numbers-used-up' });
    const room: Room = {
      propertyId,
      id,
      buildingId: building.id,
      floorId: floor.id,
      no: each.number,
      name: each.name ?? known?.name ?? each.number,
      lockType: each.lockType,
      lockNumber,
      sequence: known?.sequence ?? 0,
      gateway: each.gateway ?? known?.gateway ?? false,
      joinedNo,
    };
    const isSame =
      known !== undefined &&
      known.name === room.name &&
      known.lockType === room.lockType &&
      known.gateway === room.gateway &&
      (each.keyVersion === undefined || tx.get('programmedLocks', propertyId, id)?.keyVersion === each.keyVersion);
    counts[known === undefined ? 'added' : isSame ? 'unchanged' : 'changed'] += 1;
    if (!isSame) rooms.push({ room, keyVersion: each.keyVersion, isNew: known === undefined });
  }
  return { ...counts, errors, buildings: [...buildings.values()], floors: [...floors.values()], rooms };
}

function takeBuilding(
  tx: ReadTx,
  propertyId: string,
  { building: no, buildingName }: RoomLine,
  taken: Map<string, Building>,
  newId: string,
): Building {
  const known = taken.get(no) ?? tx.find('buildings', 'byNo', [propertyId, no], { limit: 1 })[0];
  const building = { propertyId, id: known?.id ?? newId, no, name: buildingName ?? known?.name ?? no };
  taken.set(no, building);
  return building;
}

function takeFloor(
  tx: ReadTx,
  { propertyId, id: buildingId, no: buildingNo }: Building,
  { floor: no, floorName }: RoomLine,
  taken: Map<string, Floor>,
  newId: string,
): Floor {
  const key = `${buildingNo} ${no}`;
  const known = taken.get(key) ?? tx.find('floors', 'byNo', [propertyId, buildingId, no], { limit: 1 })[0];
  const floor = { propertyId, id: known?.id ?? newId, buildingId, no, name: floorName ?? known?.name ?? no };
  taken.set(key, floor);
  return floor;
}
