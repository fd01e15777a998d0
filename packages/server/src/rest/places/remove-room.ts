import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { refusedPlace } from './place-view.ts';

export const removeRoom = endpoint({
  id: 'removeRoom',
  method: 'DELETE',
  path: '/v1/properties/{property}/rooms/{room}',
  tag: 'places',
  summary: 'Remove a room',
  description:
    'One that no card in use opens; otherwise the problem names the cards. No room ever gets its lock number.',
  right: 'rooms.write',
  params: z.strictObject({ room: id }),
  answers: { 204: { description: 'It is removed.' } },
  problems: ['room-has-cards'],
  async handle({ property, params, doer, now, change }) {
    const result = await change('removeRoom', { propertyId: property.id, id: params.room, doer, now });
    if (result.verdict !== 'removed') throw refusedPlace(result);
    return { status: 204 };
  },
});
