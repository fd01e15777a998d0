import type { Room } from '../domain/places.ts';
import type { Hint, HintedRow } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';

/** The room that a request names by building, floor and room number. */
export function findRoom(
  tx: ReadTx,
  propertyId: string,
  { buildingNo, floorNo, roomNo }: { readonly buildingNo: string; readonly floorNo: string; readonly roomNo: string },
): Room | undefined {
  const [building] = tx.find('buildings', 'byNo', [propertyId, buildingNo], { limit: 1 });
  const [floor] =
    building === undefined ? [] : tx.find('floors', 'byNo', [propertyId, building.id, floorNo], { limit: 1 });
  return floor === undefined ? undefined : tx.find('rooms', 'byNo', [propertyId, floor.id, roomNo], { limit: 1 })[0];
}

export function hintRoom(
  hint: Hint,
  propertyId: string,
  { buildingNo, floorNo, roomNo }: Parameters<typeof findRoom>[2],
): HintedRow<'rooms'> {
  const building = hint.find('buildings', 'byNo', [propertyId, buildingNo], { limit: 1 });
  const floor = hint.find('floors', 'byNo', [propertyId, building.of('id'), floorNo], { limit: 1 });
  return hint.find('rooms', 'byNo', [propertyId, floor.of('id'), roomNo], { limit: 1 });
}
