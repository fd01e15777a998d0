import { z } from 'zod';
import { endpoint } from '../endpoint.ts';

import { pageOf, pageQuery, readPage, toPage } from '../pages.ts';
import { buildingView, viewOfBuilding } from './place-view.ts';

const position = z.strictObject({ no: z.string(), id: z.string() });

export const listBuildings = endpoint({
  id: 'listBuildings',
  method: 'GET',
  path: '/v1/properties/{property}/buildings',
  tag: 'places',
  summary: 'List buildings',
  description: 'By their numbers.',
  right: 'rooms.read',
  query: pageQuery,
  answers: { 200: { description: 'A page of buildings.', body: pageOf(buildingView) } },
  async handle({ property, query, parts }) {
    const { limit, after } = readPage(query, position);
    const rows = await parts.read('buildingsPage', { propertyId: property.id, after, limit: limit + 1 });
    return { status: 200, body: toPage(rows, limit, viewOfBuilding, ({ no, id }) => ({ no, id })) };
  },
});
