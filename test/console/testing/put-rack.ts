import type { Serial } from '@keyrack/protocol';
import { type CardRecord, newCardRecord, type Property } from '@keyrack/server/domain/places.ts';
import { newCard } from '@keyrack/server/domain/plastic.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';
import type { TestProperty } from '../../world/test-property.ts';

/** The shape of a house beside the demonstration's rooms. */
export interface RackShape {
  readonly buildings: readonly string[];
  readonly floors: number;
  /** On each floor. */
  readonly rooms: number;
}

/** The house of the pictures. */
export const TWO_WINGS: RackShape = { buildings: ['Garden Wing', 'Lake Wing'], floors: 6, rooms: 10 };
/** A thousand rooms. */
export const FOUR_WINGS: RackShape = {
  buildings: ['Garden Wing', 'Lake Wing', 'Hill Wing', 'Court Wing'],
  floors: 10,
  rooms: 25,
};

const HOUR = 3_600_000;
const GUESTS = [
  'Amara Okafor',
  'Lin Wei',
  'Hanna Lindqvist',
  'Linus Berg',
  '林小雨',
  'Colin Marsh',
  'Tove Ek',
  'Jo Sato',
];

/** The id of a room by its name, e.g. `1203`. */
export const roomIdOf = (name: string) => `019ac000-0000-7000-8001-${name.padStart(12, '0')}`;

/** Rooms with cards out in every state, and who has them; equal calls put equal rows. */
export async function putRack(property: TestProperty, shape: RackShape, now = Date.now()): Promise<void> {
  const rows = [...rackRows(property.hotel.property, shape, now)];
  for (let i = 0; i < rows.length; i += 2_000) await property.put(...rows.slice(i, i + 2_000));
}

export function* rackRows(
  { id: propertyId }: Pick<Property, 'id'>,
  shape: RackShape,
  now: number,
): Generator<TableRow> {
  let seed = 20_261_125;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  let lockNumber = 20_000;
  for (const [at, name] of shape.buildings.entries()) {
    const building = at + 1;
    const buildingId = `rack-building-${building}`;
    yield { table: 'buildings', row: { propertyId, id: buildingId, no: `5${building}`, name } };
    for (let floor = 1; floor <= shape.floors; floor += 1) {
      const floorId = `${buildingId}-${floor}`;
      yield { table: 'floors', row: { propertyId, id: floorId, buildingId, no: String(floor), name: String(floor) } };
      for (let room = 1; room <= shape.rooms; room += 1) {
        const wide = shape.floors > 9 ? String(floor).padStart(2, '0') : String(floor);
        const name = `${building}${wide}${String(room).padStart(2, '0')}`;
        const id = roomIdOf(name);
        lockNumber += 1;
        const lock = { lockType: 'QRBLOCK', lockNumber, sequence: 100, gateway: false } as const;
        const place = { buildingId, floorId, no: name, name, joinedNo: `5${building}${floor}-${name}` };
        yield { table: 'rooms', row: { propertyId, id, ...place, ...lock } };
        yield* cardsOf(propertyId, id, name, random, now);
      }
    }
  }
}

function* cardsOf(
  propertyId: string,
  roomId: string,
  name: string,
  random: () => number,
  now: number,
): Generator<TableRow> {
  const card = (copy: number, facts: Partial<CardRecord>, plastic: 'written' | 'damaged' = 'written'): TableRow[] => {
    const serial = `04${Number(name).toString(16).toUpperCase().padStart(10, '0')}0${copy}` as Serial;
    const owner = GUESTS[Math.floor(random() * GUESTS.length)] ?? null;
    const phone = { ownerAreaCode: '86', ownerMobile: `138${name.padStart(8, '0')}` };
    const record = newCardRecord({
      ...{ propertyId, id: `${roomId}-${copy}`, roomId, serial, owner, ...phone, holder: 'kept' },
      ...{ validFrom: now - 20 * HOUR, validUntil: now + 50 * HOUR, issuedAt: now - 20 * HOUR, sequence: 100 },
      ...facts,
    });
    return [
      { table: 'cardRecords', row: record },
      { table: 'cards', row: { ...newCard(propertyId, serial), plastic, recordId: record.id } },
    ];
  };
  const kind = random();
  const until = now + (26 + 24 * Math.floor(random() * random() * 5)) * HOUR;
  if (kind < 0.3) return;
  if (kind < 0.62) yield* card(1, { validUntil: until });
  else if (kind < 0.86)
    for (let copy = 1; copy <= (random() < 0.7 ? 2 : 3); copy += 1) yield* card(copy, { validUntil: until });
  else if (kind < 0.96) yield* card(1, { validUntil: now + Math.ceil(random() * 3) * 60_000 * 20 });
  else if (kind < 0.98) yield* card(1, { status: 'lost', validUntil: until });
  else yield* card(1, { validUntil: until }, 'damaged');
}
