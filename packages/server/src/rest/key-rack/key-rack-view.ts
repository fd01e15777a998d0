import { z } from 'zod';
import type { KeyRack, RackRoom } from '../../queries/key-rack.ts';
import type { FoundGuest } from '../../queries/search-guests.ts';
import { rowId } from '../cards/card-view.ts';
import { time, timeOf, timeOrNull } from '../fields.ts';

export const rackRoomView = z
  .object({
    id: rowId,
    number: z.string(),
    name: z.string(),
    state: z.enum(['vacant', 'out', 'expires-today', 'lost', 'attention']).meta({
      description: '`vacant`: no card is known that may open the door now. `attention`: a person has to look.',
    }),
    cards: z.int().meta({ description: 'Cards of the guest who has the room now.' }),
    outOfUse: z.int().meta({
      description: 'Superseded and lost cards; the lock may open for them until it has seen a newer card.',
    }),
    until: time.nullable().meta({
      description: "When the last of the guest's cards ends; where nobody is in, of those that may open all the same.",
    }),
    normallyOpen: z.boolean(),
    upcoming: z.int().meta({ description: 'Cards of stays that begin later.' }),
    busy: z
      .enum(['waiting', 'writing'])
      .nullable()
      .meta({ description: 'What is being done for the room at an encoder.' }),
    attention: z.string().nullable().meta({ description: 'Why a person has to look, as a cause; null for nothing.' }),
  })
  .meta({ id: 'RackRoom', description: 'A room on the key rack.' });

export const keyRackView = z
  .object({
    at: time.meta({ description: 'When it was so.' }),
    buildings: z.array(
      z.object({
        id: rowId,
        number: z.string(),
        name: z.string(),
        floors: z
          .array(z.object({ id: rowId, number: z.string(), name: z.string(), rooms: z.array(rackRoomView) }))
          .meta({ description: 'The top one first.' }),
      }),
    ),
  })
  .meta({ id: 'KeyRack', description: 'All rooms of a property with what is out of their keys.' });

export const foundGuestView = z
  .object({
    room: z.object({ id: rowId, number: z.string(), name: z.string() }),
    holder: z.string().nullable(),
    areaCode: z.string().nullable(),
    mobile: z.string().nullable(),
    stay: z.enum(['in', 'later', 'out-of-use']).meta({
      description: '`out-of-use`: of cards that are, and that may open all the same.',
    }),
    cards: z.int(),
    validFrom: time,
    validUntil: time,
  })
  .meta({ id: 'FoundGuest', description: 'A guest, with the cards that they have of one room.' });

export function viewOfRackRoom({ room, until, changesAt: _, ...state }: RackRoom): z.input<typeof rackRoomView> {
  return { id: room.id, number: room.no, name: room.name, ...state, until: timeOrNull(until) };
}

export function viewOfKeyRack({ buildings }: KeyRack, at: number): z.input<typeof keyRackView> {
  return {
    at: timeOf(at),
    buildings: buildings.map(({ building, floors }) => ({
      ...{ id: building.id, number: building.no, name: building.name },
      floors: floors.map(({ floor, rooms }) => ({
        ...{ id: floor.id, number: floor.no, name: floor.name },
        rooms: rooms.map(viewOfRackRoom),
      })),
    })),
  };
}

export function viewOfGuest({ room, validFrom, validUntil, ...guest }: FoundGuest): z.input<typeof foundGuestView> {
  return {
    ...guest,
    room: { id: room.id, number: room.no, name: room.name },
    validFrom: timeOf(validFrom),
    validUntil: timeOf(validUntil),
  };
}
