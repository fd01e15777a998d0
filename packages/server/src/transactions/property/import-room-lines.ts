import { type CountedLines, planRoomLines, type RoomLines } from '../../queries/plan-room-lines.ts';
import { placeRoom } from '../../queries/rooms-page.ts';
import type { Tx } from '../../store/store.ts';
import { note, type PlaceChange, shownBuilding, shownFloor } from './change-place.ts';
import { noteProgrammed, shownRoom } from './change-room.ts';

export interface ImportRoomLines extends PlaceChange, RoomLines {}

/** Takes a list of rooms over, all or none, with the buildings and floors that it names. None is taken away. */
export function importRoomLines(tx: Tx, input: ImportRoomLines): CountedLines {
  const { propertyId } = input;
  const { buildings, floors, rooms, errors, ...counts } = planRoomLines(tx, input);
  if (errors.length > 0) return { ...counts, errors };

  // What was there before has a record of its own for what became of it; what is new stands in the counts.
  for (const building of buildings) {
    const before = tx.get('buildings', propertyId, building.id);
    tx.put('buildings', building);
    if (before !== undefined && before.name !== building.name)
      note(tx, input, 'place-changed', { building: shownBuilding(building) });
  }
  for (const floor of floors) {
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
