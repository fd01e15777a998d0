import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { pageOf, pageQuery, readPage, toPage } from '../pages.ts';
import { propertyAccountView } from './account-view.ts';

const position = z.strictObject({ sid: z.string() });

export const listPropertyAccounts = endpoint({
  id: 'listPropertyAccounts',
  method: 'GET',
  path: '/v1/properties/{property}/accounts',
  tag: 'accounts',
  summary: 'List the developer accounts that may act for a property',
  right: 'accounts.read',
  query: pageQuery,
  answers: { 200: { description: 'A page of developer accounts, by `sid`.', body: pageOf(propertyAccountView) } },
  async handle({ query, property, parts }) {
    const { limit, after } = readPage(query, position);
    const rows = await parts.read('propertyAccountsPage', { propertyId: property.id, after, limit: limit + 1 });
    return {
      status: 200,
      body: toPage(
        rows,
        limit,
        (row) => row,
        ({ sid }) => ({ sid }),
      ),
    };
  },
});
