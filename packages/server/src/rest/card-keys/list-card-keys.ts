import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { pageOf, pageQuery, readPage, toPage } from '../pages.ts';
import { cardKeyView } from './card-key-view.ts';

const position = z.strictObject({ version: z.int() });

export const listCardKeys = endpoint({
  id: 'listCardKeys',
  method: 'GET',
  path: '/v1/properties/{property}/card-keys',
  tag: 'card-keys',
  summary: 'List the versions of the card key',
  description: 'The newest first. `listRooms` with `lockKey=old` tells which locks still have an old one.',
  right: 'lockKeys.read',
  query: pageQuery,
  answers: { 200: { description: 'A page of versions.', body: pageOf(cardKeyView) } },
  async handle({ query, property, parts }) {
    const { limit, after } = readPage(query, position);
    const all = await parts.read('cardKeyVersions', { propertyId: property.id });
    const rows = all.filter(({ version }) => after === null || version < after.version);
    const view = toPage(
      rows,
      limit,
      (key) => ({ ...key }),
      ({ version }) => ({ version }),
    );
    return { status: 200, body: view };
  },
});
