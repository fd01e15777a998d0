import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { shownRoom } from '../../transactions/property/change-room.ts';
import { endpoint } from '../endpoint.ts';
import { id, line, shortNumber } from '../fields.ts';
import { lockType, NAME_LENGTH, refusedPlace, roomView, viewOfRoom } from './place-view.ts';

export const changeRoom = endpoint({
  id: 'changeRoom',
  method: 'PATCH',
  path: '/v1/properties/{property}/rooms/{room}',
  tag: 'places',
  summary: 'Change a room',
  description:
    'What is left out stays. Say `lock.keyVersion` when its lock was programmed. The number of a lock never changes.',
  right: 'rooms.write',
  params: z.strictObject({ room: id }),
  body: z.strictObject({
    number: shortNumber.optional(),
    name: line(NAME_LENGTH).optional(),
    lock: z
      .strictObject({
        type: lockType.optional(),
        gateway: z.boolean().optional(),
        keyVersion: z.int().min(1).max(255).optional(),
      })
      .optional(),
  }),
  comparesTags: true,
  answers: { 200: { description: 'The room as it is now.', body: roomView } },
  problems: ['number-taken', 'numbers-run-together'],
  async handle({ property, params, body, knownTags, doer, now, change }) {
    const given = { propertyId: property.id, id: params.room, changes: body, knownTags, doer, now };
    const result = await change('changeRoom', given);
    if (result.verdict !== 'changed') throw refusedPlace(result);
    const { placed } = result;
    return { status: 200, body: viewOfRoom(placed), etag: entityTag(shownRoom(placed)) };
  },
});
