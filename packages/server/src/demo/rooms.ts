import { LOCK_TYPES, type LockType } from '../domain/lock-type.ts';
import type { Building, Floor, Room } from '../domain/places.ts';

const BUILDINGS = [
  { no: '001', name: 'Garden Wing', floors: ['001', '002', '003'] },
  { no: '002', name: 'Lake Wing', floors: ['001', '002'] },
] as const;

const ROOMS_PER_FLOOR = 8;

export interface DemoPlaces {
  readonly buildings: readonly Building[];
  readonly floors: readonly Floor[];
  readonly rooms: readonly Room[];
}

/** Two buildings with forty rooms, numbered as the published examples number theirs: 001, 001, R007. */
export function demoPlaces(propertyId: string, newId: () => string): DemoPlaces {
  const buildings: Building[] = [];
  const floors: Floor[] = [];
  const rooms: Room[] = [];
  for (const { no, name, floors: floorNos } of BUILDINGS) {
    const building = { propertyId, id: newId(), no, name };
    buildings.push(building);
    for (const floorNo of floorNos) {
      const floor = { propertyId, id: newId(), buildingId: building.id, no: floorNo, name: `Floor ${Number(floorNo)}` };
      floors.push(floor);
      for (let i = 1; i <= ROOMS_PER_FLOOR; i += 1) rooms.push(room(building, floor, i, rooms.length + 1, newId()));
    }
  }
  return { buildings, floors, rooms };
}

function room(building: Building, floor: Floor, i: number, lockNumber: number, id: string): Room {
  const no = `R${String(i).padStart(3, '0')}`;
  const lockType = lockTypeAt(i);
  return {
    propertyId: building.propertyId,
    id,
    buildingId: building.id,
    floorId: floor.id,
    no,
    name: `${building.name} ${Number(floor.no)}${String(i).padStart(2, '0')}`,
    lockType,
    lockNumber,
    sequence: 0,
    gateway: lockType === 'QRNLOCK-WIFI',
    joinedNo: building.no + floor.no + no,
  };
}

/** Each floor has every lock type: R004 is RFLOCK-V9 (card type 2), R005 QRLOCK (3), R007 QRBLOCK (4). */
function lockTypeAt(i: number): LockType {
  return LOCK_TYPES[(i + 3) % LOCK_TYPES.length] as LockType;
}
