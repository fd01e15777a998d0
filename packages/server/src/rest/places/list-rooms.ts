import { z } from 'zod';
import type { LockKey } from '../../queries/rooms-page.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { cursorOf, pageOf, pageQuery, readPage } from '../pages.ts';
import { lockType, roomView, viewOfRoom } from './place-view.ts';

const position = z.strictObject({ joinedNo: z.string(), id: z.string() });

/** What `lockKey` of the query asks for. */
const LOCK_KEYS: Readonly<Record<'current' | 'old' | 'unknown', readonly LockKey[]>> = {
  current: ['current'],
  old: ['previous', 'older'],
  unknown: ['unknown'],
};

export const listRooms = endpoint({
  id: 'listRooms',
  method: 'GET',
  path: '/v1/properties/{property}/rooms',
  tag: 'places',
  summary: 'List rooms',
  description:
    'By their numbers. With a filter a page may hold less than `limit`; `nextCursor` says whether there is more.',
  right: 'rooms.read',
  query: pageQuery.extend({
    building: id.optional().meta({ description: 'Only rooms of this building.' }),
    floor: id.optional().meta({ description: 'Only rooms of this floor.' }),
    lockType: lockType.optional(),
    lockKey: z.enum(['current', 'old', 'unknown']).optional().meta({
      description:
        'Only locks that were programmed with the current card key, with an old one, or of which nobody told.',
    }),
  }),
  answers: { 200: { description: 'A page of rooms.', body: pageOf(roomView) } },
  async handle({ property, query, parts }) {
    const { limit, after } = readPage(query, position);
    const { building, floor, lockType, lockKey } = query;
    const filters = { building, floor, lockType, ...(lockKey !== undefined && { lockKey: LOCK_KEYS[lockKey] }) };
    const { rooms, next } = await parts.read('roomsPage', { propertyId: property.id, ...filters, after, limit });
    return { status: 200, body: { data: rooms.map(viewOfRoom), nextCursor: next === null ? null : cursorOf(next) } };
  },
});
