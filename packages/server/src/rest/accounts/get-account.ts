import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { accountSid, accountView, tagOfAccount, viewOfAccount } from './account-view.ts';

export const getAccount = endpoint({
  id: 'getAccount',
  method: 'GET',
  path: '/v1/accounts/{account}',
  tag: 'accounts',
  summary: 'Get a developer account',
  right: 'accounts.read',
  params: z.strictObject({ account: accountSid }),
  answers: { 200: { description: 'The developer account, without its token.', body: accountView } },
  async handle({ params, caller, parts }) {
    const found = await parts.read('getAccount', { sid: params.account, among: caller.properties });
    if (found === null) throw new ProblemError('not-found');
    return { status: 200, body: viewOfAccount(found), etag: tagOfAccount(found) };
  },
});
