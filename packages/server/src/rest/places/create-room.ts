import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { HIGHEST_LOCK_NUMBER } from '../../domain/lock-number.ts';
import { shownRoom } from '../../transactions/property/change-room.ts';
import { endpoint } from '../endpoint.ts';
import { id, line, shortNumber } from '../fields.ts';
import { lockType, NAME_LENGTH, refusedPlace, roomView, viewOfRoom } from './place-view.ts';

export const createRoom = endpoint({
  id: 'createRoom',
  method: 'POST',
  path: '/v1/properties/{property}/rooms',
  tag: 'places',
  summary: 'Add a room',
  description: 'Its lock gets a free number unless one is given. Export the lock to program it.',
  right: 'rooms.write',
  body: z.strictObject({
    floor: id,
    number: shortNumber,
    name: line(NAME_LENGTH),
    lock: z.strictObject({
      type: lockType,
      number: z.int().min(1).max(HIGHEST_LOCK_NUMBER).optional(),
      gateway: z.boolean().optional(),
      keyVersion: z.int().min(1).max(255).optional(),
    }),
  }),
  answers: { 201: { description: 'The new room.', body: roomView } },
  problems: ['number-taken', 'numbers-run-together'],
  async handle({ property, body, doer, now, change, parts }) {
    const result = await change('createRoom', { ...body, propertyId: property.id, id: parts.newId(), doer, now });
    if (result.verdict !== 'created') throw refusedPlace(result);
    const { placed } = result;
    const headers = { location: `/v1/properties/${property.id}/rooms/${placed.room.id}` };
    return { status: 201, body: viewOfRoom(placed), etag: entityTag(shownRoom(placed)), headers };
  },
});
