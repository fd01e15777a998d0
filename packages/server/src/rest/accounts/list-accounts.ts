import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { cursorOf, pageOf, pageQuery, readPage } from '../pages.ts';
import { accountView, viewOfAccount } from './account-view.ts';

const position = z.strictObject({ sid: z.string() });

export const listAccounts = endpoint({
  id: 'listAccounts',
  method: 'GET',
  path: '/v1/accounts',
  tag: 'accounts',
  summary: 'List developer accounts',
  description:
    'Those that act for nothing but what the credential reaches, by `sid`. A page may be short and not be the last one.',
  right: 'accounts.read',
  query: pageQuery,
  answers: { 200: { description: 'A page of developer accounts.', body: pageOf(accountView) } },
  async handle({ query, caller, parts }) {
    const { accounts, next } = await parts.read('accountsPage', {
      among: caller.properties,
      ...readPage(query, position),
    });
    return {
      status: 200,
      body: { data: accounts.map(viewOfAccount), nextCursor: next === null ? null : cursorOf(next) },
    };
  },
});
