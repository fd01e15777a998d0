import { HIGHEST_LOCK_NUMBER } from '../../domain/lock-number.ts';
import type { LockType } from '../../domain/lock-type.ts';
import type { Building, Floor, Room } from '../../domain/places.ts';
import { placeRoom } from '../../queries/rooms-page.ts';
import type { Tx } from '../../store/store.ts';
import { note, type PlaceChange, shownBuilding, shownFloor } from './change-place.ts';
import { hasVersion, isLockNumberTaken, nextLockNumber, noteProgrammed, shownRoom } from './change-room.ts';

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

export interface ImportRoomLines extends PlaceChange {
  readonly lines: readonly RoomLine[];
  /** Three for each line: of its building, floor and room, where they are new. */
  readonly ids: readonly string[];
  /** Nothing is changed: it is only told what would be. */
  readonly dryRun: boolean;
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

export interface ImportedLines {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Where there are any, nothing is changed. */
  readonly errors: readonly LineError[];
}

/** Takes a list of rooms over, all or none, with the buildings and floors that it names. None is taken away. */
export function importRoomLines(tx: Tx, input: ImportRoomLines): ImportedLines {
  const { propertyId, lines, ids, dryRun } = input;
  const buildings = new Map<string, Building>();
  const floors = new Map<string, Floor>();
  const rooms: { room: Room; keyVersion: number | undefined; isNew: boolean }[] = [];
  const joined = new Map(tx.find('rooms', 'byJoinedNo', [propertyId]).map((room) => [room.joinedNo, room.id]));
  const given = new Map<string, number>();
  const locks = new Set(lines.map(({ lockNumber }) => lockNumber));
  const usedLocks = new Set<number>();
  const errors: LineError[] = [];
  let next = nextLockNumber(tx, propertyId);
  const counts = { added: 0, changed: 0, unchanged: 0 };

  for (const [line, each] of lines.entries()) {
    const fail = (field: string, why: LineError['why']) => errors.push({ line, field, why });
    const building = takeBuilding(tx, propertyId, each, buildings, ids[3 * line] as string);
    const floor = takeFloor(tx, building, each, floors, ids[3 * line + 1] as string);
    const [known] = tx.find('rooms', 'byNo', [propertyId, floor.id, each.number], { limit: 1 });
    const id = known?.id ?? (ids[3 * line + 2] as string);
    const joinedNo = building.no + floor.no + each.number;
    const place = `${floor.id} ${each.number}`;
    if (given.has(place)) fail('number', { is: 'repeated' });
    else if ((joined.get(joinedNo) ?? id) !== id) fail('number', { is: 'numbers-run-together', joinedNo });
    given.set(place, line);
    joined.set(joinedNo, id);
    const { lockNumber: wanted } = each;
    if (wanted !== undefined && known !== undefined && wanted !== known.lockNumber)
      fail('lockNumber', { is: 'lock-number-stays' });
    else if (wanted !== undefined && known === undefined) {
      if (usedLocks.has(wanted) || isLockNumberTaken(tx, propertyId, wanted))
        fail('lockNumber', { is: 'lock-number-taken' });
      usedLocks.add(wanted);
    }
    if (each.keyVersion !== undefined && !hasVersion(tx, propertyId, each.keyVersion))
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
  if (errors.length > 0 || dryRun) return { ...counts, errors };

  // What was there before has a record of its own for what became of it; what is new stands in the counts.
  for (const building of buildings.values()) {
    const before = tx.get('buildings', propertyId, building.id);
    tx.put('buildings', building);
    if (before !== undefined && before.name !== building.name)
      note(tx, input, 'place-changed', { building: shownBuilding(building) });
  }
  for (const floor of floors.values()) {
    const before = tx.get('floors', propertyId, floor.id);
    tx.put('floors', floor);
    if (before !== undefined && before.name !== floor.name)
      note(tx, input, 'place-changed', { floor: shownFloor(floor) });
  }
  for (const { room, keyVersion, isNew } of rooms) {
    tx.put('rooms', room);
    noteProgrammed(tx, input, room.id, keyVersion);
    if (!isNew) note(tx, input, 'place-changed', { room: shownRoom(placeRoom(tx, room)) });
  }
  note(tx, input, 'rooms-imported', counts);
  return { ...counts, errors };
}

function takeBuilding(
  tx: Tx,
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
  tx: Tx,
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
