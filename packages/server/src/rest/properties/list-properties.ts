import { z } from 'zod';
import { factsOf } from '../../domain/places.ts';
import { endpoint } from '../endpoint.ts';
import { pageOf, pageQuery, readPage, toPage } from '../pages.ts';
import { propertyView } from './property-view.ts';

/** What says where in the order a property stands. */
const position = z.strictObject({ number: z.string(), id: z.string() });

export const listProperties = endpoint({
  id: 'listProperties',
  method: 'GET',
  path: '/v1/properties',
  tag: 'properties',
  summary: 'List properties',
  description: 'Those that the credential reaches, by number.',
  right: 'properties.read',
  query: pageQuery,
  answers: { 200: { description: 'A page of properties.', body: pageOf(propertyView) } },
  async handle({ query, caller, parts }) {
    const { limit, after } = readPage(query, position);
    const rows = await parts.read('propertiesPage', { among: caller.properties, after, limit: limit + 1 });
    return { status: 200, body: toPage(rows, limit, factsOf, ({ number, id }) => ({ number, id })) };
  },
});
