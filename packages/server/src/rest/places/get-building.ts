import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { buildingView, viewOfBuilding } from './place-view.ts';

export const getBuilding = endpoint({
  id: 'getBuilding',
  method: 'GET',
  path: '/v1/properties/{property}/buildings/{building}',
  tag: 'places',
  summary: 'Get a building',
  right: 'rooms.read',
  params: z.strictObject({ building: id }),
  answers: { 200: { description: 'The building.', body: buildingView } },
  async handle({ property, params, parts }) {
    const row = await parts.read('getBuilding', { propertyId: property.id, id: params.building });
    if (row === null) throw new ProblemError('not-found');
    const body = viewOfBuilding(row);
    return { status: 200, body, etag: entityTag(body) };
  },
});
