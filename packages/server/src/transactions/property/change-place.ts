import type { Doer } from '../../domain/caller.ts';
import { isKnown, type KnownTags } from '../../domain/entity-tag.ts';
import type { Building, Floor, Room } from '../../domain/places.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';

export interface PlaceChange {
  readonly propertyId: string;
  readonly doer: Doer;
  readonly now: number;
}

export type PlaceRefusal =
  | { readonly verdict: 'not-found' | 'changed-meanwhile' | 'number-taken' | 'not-empty' }
  /** Building, floor and room number would run together to the same text as another room's: see `Room.joinedNo`. */
  | { readonly verdict: 'numbers-run-together'; readonly joinedNo: string };

export interface Named {
  readonly number?: string | undefined;
  readonly name?: string | undefined;
}

/** A building or floor as /v1 shows it: its ETag is made of this. */
export function shownBuilding({ id, no, name }: Building) {
  return { id, number: no, name };
}

export function shownFloor({ id, buildingId, no, name }: Floor) {
  return { id, building: buildingId, number: no, name };
}

type Added<T> = { readonly verdict: 'created'; readonly row: T } | PlaceRefusal;
type Changed<T> = { readonly verdict: 'changed'; readonly row: T } | PlaceRefusal;
type Removed = { readonly verdict: 'removed' } | PlaceRefusal;

export function createBuilding(
  tx: Tx,
  input: PlaceChange & { readonly id: string; readonly number: string; readonly name: string },
): Added<Building> {
  const { propertyId, id, number, name } = input;
  if (tx.find('buildings', 'byNo', [propertyId, number], { limit: 1 }).length > 0) return { verdict: 'number-taken' };
  const row: Building = { propertyId, id, no: number, name };
  tx.put('buildings', row);
  note(tx, input, 'place-added', { building: shownBuilding(row) });
  return { verdict: 'created', row };
}

/** Changes a building. A new number is one for all its rooms, too. */
export function changeBuilding(
  tx: Tx,
  input: PlaceChange & { readonly id: string; readonly changes: Named; readonly knownTags: KnownTags },
): Changed<Building> {
  const { propertyId, id, changes, knownTags } = input;
  const known = tx.get('buildings', propertyId, id);
  if (known === undefined) return { verdict: 'not-found' };
  if (!isKnown(knownTags, shownBuilding(known))) return { verdict: 'changed-meanwhile' };
  const { number = known.no, name = known.name } = changes;
  const row: Building = { ...known, no: number, name };
  if (number !== known.no) {
    if (tx.find('buildings', 'byNo', [propertyId, number], { limit: 1 }).length > 0) return { verdict: 'number-taken' };
    const refusal = renumber(
      tx,
      propertyId,
      tx
        .find('floors', 'byNo', [propertyId, id])
        .flatMap((floor) =>
          tx
            .find('rooms', 'byNo', [propertyId, floor.id])
            .map((room) => ({ ...room, joinedNo: number + floor.no + room.no })),
        ),
    );
    if (refusal !== null) return refusal;
  }
  tx.put('buildings', row);
  note(tx, input, 'place-changed', { building: shownBuilding(row) });
  return { verdict: 'changed', row };
}

export function removeBuilding(tx: Tx, input: PlaceChange & { readonly id: string }): Removed {
  const { propertyId, id } = input;
  const known = tx.get('buildings', propertyId, id);
  if (known === undefined) return { verdict: 'not-found' };
  if (tx.find('floors', 'byNo', [propertyId, id], { limit: 1 }).length > 0) return { verdict: 'not-empty' };
  tx.remove('buildings', propertyId, id);
  note(tx, input, 'place-removed', { building: shownBuilding(known) });
  return { verdict: 'removed' };
}

export function createFloor(
  tx: Tx,
  input: PlaceChange & {
    readonly id: string;
    readonly building: string;
    readonly number: string;
    readonly name: string;
  },
): Added<Floor> {
  const { propertyId, id, building, number, name } = input;
  if (tx.get('buildings', propertyId, building) === undefined) return { verdict: 'not-found' };
  if (tx.find('floors', 'byNo', [propertyId, building, number], { limit: 1 }).length > 0)
    return { verdict: 'number-taken' };
  const row: Floor = { propertyId, id, buildingId: building, no: number, name };
  tx.put('floors', row);
  note(tx, input, 'place-added', { floor: shownFloor(row) });
  return { verdict: 'created', row };
}

/** Changes a floor. A new number is one for all its rooms, too. */
export function changeFloor(
  tx: Tx,
  input: PlaceChange & { readonly id: string; readonly changes: Named; readonly knownTags: KnownTags },
): Changed<Floor> {
  const { propertyId, id, changes, knownTags } = input;
  const known = tx.get('floors', propertyId, id);
  const building = known && tx.get('buildings', propertyId, known.buildingId);
  if (known === undefined || building === undefined) return { verdict: 'not-found' };
  if (!isKnown(knownTags, shownFloor(known))) return { verdict: 'changed-meanwhile' };
  const { number = known.no, name = known.name } = changes;
  const row: Floor = { ...known, no: number, name };
  if (number !== known.no) {
    if (tx.find('floors', 'byNo', [propertyId, known.buildingId, number], { limit: 1 }).length > 0)
      return { verdict: 'number-taken' };
    const rooms = tx.find('rooms', 'byNo', [propertyId, id]);
    const refusal = renumber(
      tx,
      propertyId,
      rooms.map((room) => ({ ...room, joinedNo: building.no + number + room.no })),
    );
    if (refusal !== null) return refusal;
  }
  tx.put('floors', row);
  note(tx, input, 'place-changed', { floor: shownFloor(row) });
  return { verdict: 'changed', row };
}

export function removeFloor(tx: Tx, input: PlaceChange & { readonly id: string }): Removed {
  const { propertyId, id } = input;
  const known = tx.get('floors', propertyId, id);
  if (known === undefined) return { verdict: 'not-found' };
  if (tx.find('rooms', 'byNo', [propertyId, id], { limit: 1 }).length > 0) return { verdict: 'not-empty' };
  tx.remove('floors', propertyId, id);
  note(tx, input, 'place-removed', { floor: shownFloor(known) });
  return { verdict: 'removed' };
}

/** Puts rooms under their new numbers, all or none. Among themselves they may exchange them. */
function renumber(tx: Tx, propertyId: string, rooms: readonly Room[]): PlaceRefusal | null {
  const ids = new Set(rooms.map(({ id }) => id));
  const taken = new Set<string>();
  for (const { joinedNo } of rooms) {
    const [other] = tx.find('rooms', 'byJoinedNo', [propertyId, joinedNo], { limit: 1 });
    if (taken.has(joinedNo) || (other !== undefined && !ids.has(other.id)))
      return { verdict: 'numbers-run-together', joinedNo };
    taken.add(joinedNo);
  }
  for (const { id } of rooms) tx.remove('rooms', propertyId, id);
  for (const room of rooms) tx.put('rooms', room);
  return null;
}

export function note(
  tx: Tx,
  { propertyId, doer, now }: PlaceChange,
  action: 'place-added' | 'place-changed' | 'place-removed' | 'rooms-imported',
  details: Readonly<Record<string, unknown>>,
): void {
  auditOf(tx, doer, { propertyId, at: now, action, details });
}
