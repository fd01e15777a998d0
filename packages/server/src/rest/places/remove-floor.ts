import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { refusedPlace } from './place-view.ts';

export const removeFloor = endpoint({
  id: 'removeFloor',
  method: 'DELETE',
  path: '/v1/properties/{property}/floors/{floor}',
  tag: 'places',
  summary: 'Remove a floor',
  description: 'One without rooms.',
  right: 'rooms.write',
  params: z.strictObject({ floor: id }),
  answers: { 204: { description: 'It is removed.' } },
  problems: ['not-empty'],
  async handle({ property, params, doer, now, change }) {
    const result = await change('removeFloor', { propertyId: property.id, id: params.floor, doer, now });
    if (result.verdict !== 'removed') throw refusedPlace(result);
    return { status: 204 };
  },
});
