import type { Room } from '../domain/places.ts';
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
