import { queryOptions } from '@tanstack/react-query';
import { allOf } from '../api/all-of.ts';
import { keyrack } from '../api/keyrack.ts';

/** Members and API keys, as those who ask for operations. */
export const requestersOf = (property: string, can: (right: string) => boolean) =>
  queryOptions({
    queryKey: ['members', property, 'requesters'],
    async queryFn() {
      const members = await allOf(keyrack.members.list({ property, limit: 200 }));
      const keys = can('keys.read') ? await allOf(keyrack.apiKeys.list({ limit: 200 })) : [];
      return [...members, ...keys].map(({ id, name }) => ({ id, name }));
    },
  });

/** What a room is called, by its id. */
export const roomNameOf = (property: string, room: string) =>
  queryOptions({
    queryKey: ['places', property, 'room-name', room],
    queryFn: async () => (await keyrack.rooms.get({ property, room })).name,
  });
