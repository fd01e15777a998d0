import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { shownRoom } from '../../transactions/property/change-room.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { roomView, viewOfRoom } from './place-view.ts';

export const getRoom = endpoint({
  id: 'getRoom',
  method: 'GET',
  path: '/v1/properties/{property}/rooms/{room}',
  tag: 'places',
  summary: 'Get a room',
  right: 'rooms.read',
  params: z.strictObject({ room: id }),
  answers: { 200: { description: 'The room with its lock.', body: roomView } },
  async handle({ property, params, parts }) {
    const placed = await parts.read('getRoom', { propertyId: property.id, id: params.room });
    if (placed === null) throw new ProblemError('not-found');
    return { status: 200, body: viewOfRoom(placed), etag: entityTag(shownRoom(placed)) };
  },
});
