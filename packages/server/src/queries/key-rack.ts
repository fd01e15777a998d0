import type { Building, Floor, Room } from '../domain/places.ts';
import { endOfDay } from '../domain/property-days.ts';
import { byNumber, topFloorFirst } from '../domain/rack-order.ts';
import { type RackState, rackState } from '../domain/rack-state.ts';
import type { ReadTx } from '../store/store.ts';
import { auditHeads } from './audit-after.ts';
import { factsOfRooms } from './rack-facts.ts';

/** A room on the key rack. */
export interface RackRoom extends RackState {
  readonly room: Pick<Room, 'id' | 'no' | 'name'>;
  /** When time alone may change it; null for never. Unix milliseconds. */
  readonly changesAt: number | null;
}

export interface KeyRack {
  readonly buildings: readonly RackBuilding[];
  /** The number of the newest audit record by then. */
  readonly head: number;
}

export interface RackBuilding {
  readonly building: Building;
  /** The top one first. */
  readonly floors: readonly { readonly floor: Floor; readonly rooms: readonly RackRoom[] }[];
}

/** All rooms of a property with what is out of their keys. Empty where there is no such property. */
export function keyRack(
  tx: ReadTx,
  { propertyId, now }: { readonly propertyId: string; readonly now: number },
): KeyRack {
  const property = tx.get('properties', propertyId);
  const [head = 0] = auditHeads(tx, { propertyIds: [propertyId] });
  if (property === undefined) return { buildings: [], head };
  const time = { now, endOfDay: endOfDay(now, property.timeZone) };
  const factsOf = factsOfRooms(tx, propertyId, now);
  const byFloor = Map.groupBy(tx.find('rooms', 'byJoinedNo', [propertyId]), ({ floorId }) => floorId);
  const buildings = tx.find('buildings', 'byNo', [propertyId]).sort(byNumber);
  return {
    head,
    buildings: buildings.map((building) => ({
      building,
      floors: tx
        .find('floors', 'byNo', [propertyId, building.id])
        .sort(topFloorFirst)
        .map((floor) => ({
          floor,
          rooms: (byFloor.get(floor.id) ?? []).sort(byNumber).map((room) => onRack(room, factsOf(room.id), time)),
        })),
    })),
  };
}

export function onRack(
  { id, no, name }: Room,
  facts: Parameters<typeof rackState>[0],
  time: Parameters<typeof rackState>[1],
): RackRoom {
  return { room: { id, no, name }, ...rackState(facts, time) };
}
