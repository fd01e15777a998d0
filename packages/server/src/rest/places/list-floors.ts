import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { pageOf, pageQuery, readPage, toPage } from '../pages.ts';
import { floorView, viewOfFloor } from './place-view.ts';

const position = z.strictObject({ buildingId: z.string(), no: z.string(), id: z.string() });

export const listFloors = endpoint({
  id: 'listFloors',
  method: 'GET',
  path: '/v1/properties/{property}/floors',
  tag: 'places',
  summary: 'List floors',
  description: 'By building, and by their numbers.',
  right: 'rooms.read',
  query: pageQuery.extend({ building: id.optional().meta({ description: 'Only floors of this building.' }) }),
  answers: { 200: { description: 'A page of floors.', body: pageOf(floorView) } },
  async handle({ property, query, parts }) {
    const { limit, after } = readPage(query, position);
    const rows = await parts.read('floorsPage', {
      propertyId: property.id,
      building: query.building ?? null,
      after,
      limit: limit + 1,
    });
    return {
      status: 200,
      body: toPage(rows, limit, viewOfFloor, ({ buildingId, no, id }) => ({ buildingId, no, id })),
    };
  },
});
