import type { Answer } from '@keyrack/sdk';
import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';

export type Room = Answer<'getRoom'>;
export type RoomCards = Answer<'getRoomCards'>;
export type CardRecord = RoomCards['current'][number];

export function roomOf(property: string, room: string) {
  return queryOptions({
    queryKey: ['places', property, 'room', room],
    queryFn: () => keyrack.rooms.get({ property, room }),
  });
}

/** All rooms, to choose one by its number. */
export function roomsOf(property: string) {
  return queryOptions({
    queryKey: ['places', property, 'rooms'],
    queryFn: () => keyrack.rooms.list({ property, limit: 200 }).toArray(),
  });
}

export function roomCardsOf(property: string, room: string) {
  return queryOptions({
    queryKey: ['cards', property, 'room', room],
    meta: { room },
    queryFn: () => keyrack.rooms.getCards({ property, room }),
  });
}

/** Who issued the room's latest cards, by the record of each. */
export function issuersOf(property: string, room: string) {
  return queryOptions({
    queryKey: ['cards', property, 'issuers', room],
    meta: { room },
    queryFn: async (): Promise<ReadonlyMap<string, string>> => {
      const { data } = await keyrack.rooms.listHistory({ property, room, kinds: 'issued', limit: 100 });
      return new Map(data.flatMap(({ record, requester }) => (requester?.name ? [[record, requester.name]] : [])));
    },
  });
}

/** What is being done for the room at any encoder, or is known to nobody yet. */
export function openOperationsOf(property: string, room: string) {
  return queryOptions({
    queryKey: ['operations', property, 'open-of-room', room],
    meta: { room },
    queryFn: async () => (await keyrack.operations.list({ property, room, state: 'open', limit: 20 })).data,
  });
}
