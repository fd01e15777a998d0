import type { OperationId } from '@keyrack/protocol';
import type { Building, Encoder, Floor, Room } from '../domain/places.ts';
import type { Hint } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';

export function listEncoders(tx: ReadTx, { propertyId }: { readonly propertyId: string }): Encoder[] {
  return tx.find('encoders', 'byId', [propertyId]).filter(({ forgotten }) => !forgotten);
}

export interface RoomTree {
  readonly building: Building;
  readonly floors: readonly { readonly floor: Floor; readonly rooms: readonly Room[] }[];
}

/** Buildings, floors and rooms, each in the order of their numbers. */
export function listRooms(tx: ReadTx, { propertyId }: { readonly propertyId: string }): RoomTree[] {
  return tx.find('buildings', 'byNo', [propertyId]).map((building) => ({
    building,
    floors: tx.find('floors', 'byNo', [propertyId, building.id]).map((floor) => ({
      floor,
      rooms: tx.find('rooms', 'byNo', [propertyId, floor.id]),
    })),
  }));
}

/** The cards that an issue put out of use, and until when each may still open (Unix milliseconds). */
export function listSuperseded(
  tx: ReadTx,
  { propertyId, operation }: { readonly propertyId: string; readonly operation: OperationId },
): { serial: string; mayOpenUntil: number }[] {
  return tx
    .find('audit', 'supersededByOperation', [propertyId, operation])
    .map((record) => JSON.parse(record.details) as { serial: string; mayOpenUntil: number })
    .map(({ serial, mayOpenUntil }) => ({ serial, mayOpenUntil }));
}

listSuperseded.hints = (hint: Hint, { propertyId, operation }: Parameters<typeof listSuperseded>[1]) => {
  hint.find('audit', 'supersededByOperation', [propertyId, operation]);
};
