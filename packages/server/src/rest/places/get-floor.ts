import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { floorView, viewOfFloor } from './place-view.ts';

export const getFloor = endpoint({
  id: 'getFloor',
  method: 'GET',
  path: '/v1/properties/{property}/floors/{floor}',
  tag: 'places',
  summary: 'Get a floor',
  right: 'rooms.read',
  params: z.strictObject({ floor: id }),
  answers: { 200: { description: 'The floor.', body: floorView } },
  async handle({ property, params, parts }) {
    const row = await parts.read('getFloor', { propertyId: property.id, id: params.floor });
    if (row === null) throw new ProblemError('not-found');
    const body = viewOfFloor(row);
    return { status: 200, body, etag: entityTag(body) };
  },
});
