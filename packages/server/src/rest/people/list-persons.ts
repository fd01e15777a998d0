import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { pageOf, pageQuery, readPage, toPage } from '../pages.ts';
import { personView, viewOfPerson } from './person-view.ts';

const position = z.strictObject({ id: z.string() });

export const listPersons = endpoint({
  id: 'listPersons',
  method: 'GET',
  path: '/v1/persons',
  tag: 'people',
  summary: 'List the persons of the installation',
  description: 'The newest first.',
  right: 'installation.owner',
  query: pageQuery,
  answers: { 200: { description: 'A page of persons.', body: pageOf(personView) } },
  async handle({ query, parts }) {
    const { limit, after } = readPage(query, position);
    const rows = await parts.read('personsPage', { after, limit: limit + 1 });
    return { status: 200, body: toPage(rows, limit, viewOfPerson, ({ id }) => ({ id })) };
  },
});
