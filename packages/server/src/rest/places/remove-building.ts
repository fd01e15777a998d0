import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { refusedPlace } from './place-view.ts';

export const removeBuilding = endpoint({
  id: 'removeBuilding',
  method: 'DELETE',
  path: '/v1/properties/{property}/buildings/{building}',
  tag: 'places',
  summary: 'Remove a building',
  description: 'One without floors.',
  right: 'rooms.write',
  params: z.strictObject({ building: id }),
  answers: { 204: { description: 'It is removed.' } },
  problems: ['not-empty'],
  async handle({ property, params, doer, now, change }) {
    const result = await change('removeBuilding', { propertyId: property.id, id: params.building, doer, now });
    if (result.verdict !== 'removed') throw refusedPlace(result);
    return { status: 204 };
  },
});
