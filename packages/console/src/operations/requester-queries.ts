import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import type { Right } from '../session/myself.ts';

/** Members and API keys, as those who ask for operations. */
export const requestersOf = (property: string, can: (right: Right) => boolean) =>
  queryOptions({
    queryKey: ['members', property, 'requesters'],
    async queryFn() {
      const members = await keyrack.members.list({ property, limit: 200 }).toArray();
      const keys = can('apiKeys.read') ? await keyrack.apiKeys.list({ limit: 200 }).toArray() : [];
      return [...members, ...keys].map(({ id, name }) => ({ id, name }));
    },
  });

/** What a room is called, by its id. */
export const roomNameOf = (property: string, room: string) =>
  queryOptions({
    queryKey: ['places', property, 'room-name', room],
    queryFn: async () => (await keyrack.rooms.get({ property, room })).name,
  });
