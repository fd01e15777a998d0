import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';

/** What a room is called, by its id. */
export const roomNameOf = (property: string, room: string) =>
  queryOptions({
    queryKey: ['places', property, 'room-name', room],
    queryFn: async () => (await keyrack.rooms.get({ property, room })).name,
  });
