import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { pageOf, pageQuery, readPage, toPage } from '../pages.ts';
import { ProblemError } from '../problems.ts';
import { accountSid, propertyAccountView } from './account-view.ts';

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

export const putPropertyAccount = endpoint({
  id: 'putPropertyAccount',
  method: 'PUT',
  path: '/v1/properties/{property}/accounts/{account}',
  tag: 'accounts',
  summary: 'Let a developer account act for a property',
  right: 'accounts.write',
  params: z.strictObject({ account: accountSid }),
  answers: { 204: { description: 'It may.' } },
  async handle({ params, property, doer, now, change }) {
    const given = { propertyId: property.id, sid: params.account, allowed: true, doer, now };
    if ((await change('allowAccount', given)).verdict !== 'done') throw new ProblemError('not-found');
    return { status: 204 };
  },
});

export const removePropertyAccount = endpoint({
  id: 'removePropertyAccount',
  method: 'DELETE',
  path: '/v1/properties/{property}/accounts/{account}',
  tag: 'accounts',
  summary: 'Let a developer account no longer act for a property',
  description: 'It holds at once, also for operations that it asked for and that still wait.',
  right: 'accounts.write',
  params: z.strictObject({ account: accountSid }),
  answers: { 204: { description: 'It may not.' } },
  async handle({ params, property, doer, now, change }) {
    const given = { propertyId: property.id, sid: params.account, allowed: false, doer, now };
    if ((await change('allowAccount', given)).verdict !== 'done') throw new ProblemError('not-found');
    return { status: 204 };
  },
});
