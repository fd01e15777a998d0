import type { Building, Floor } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';

interface OfProperty {
  readonly propertyId: string;
}

/** Buildings by their numbers. */
export function buildingsPage(
  tx: ReadTx,
  {
    propertyId,
    after,
    limit,
  }: OfProperty & { readonly after: Pick<Building, 'no' | 'id'> | null; readonly limit: number },
): Building[] {
  const begin = after === null ? {} : { after: { ...after, propertyId } };
  return tx.find('buildings', 'byNo', [propertyId], { ...begin, limit });
}

export function getBuilding(tx: ReadTx, { propertyId, id }: OfProperty & { readonly id: string }): Building | null {
  return tx.get('buildings', propertyId, id) ?? null;
}

/** Floors building by building, by their numbers; those of one building where it is named. */
export function floorsPage(
  tx: ReadTx,
  input: OfProperty & {
    readonly building: string | null;
    readonly after: Pick<Floor, 'buildingId' | 'no' | 'id'> | null;
    readonly limit: number;
  },
): Floor[] {
  const { propertyId, building, after, limit } = input;
  const begin = after === null ? {} : { after: { ...after, propertyId } };
  const prefix = building === null ? [propertyId] : [propertyId, building];
  return tx.find('floors', 'byNo', prefix, { ...begin, limit });
}

export function getFloor(tx: ReadTx, { propertyId, id }: OfProperty & { readonly id: string }): Floor | null {
  return tx.get('floors', propertyId, id) ?? null;
}
