import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { line } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { accountSid, accountState, accountView, addressRanges, tagOfAccount, viewOfAccount } from './account-view.ts';

export const changeAccount = endpoint({
  id: 'changeAccount',
  method: 'PATCH',
  path: '/v1/accounts/{account}',
  tag: 'accounts',
  summary: 'Change, suspend or resume a developer account',
  description:
    'What is left out stays. It holds at once: `state` and `roomCardApi` also for operations that still wait for their card.',
  right: 'accounts.write',
  params: z.strictObject({ account: accountSid }),
  body: z.strictObject({
    name: line(64).optional(),
    state: accountState.optional(),
    addressRanges: addressRanges.optional(),
    roomCardApi: z.boolean().optional(),
    signatureA: z.boolean().optional(),
  }),
  comparesTags: true,
  answers: { 200: { description: 'The developer account as it is now.', body: accountView } },
  async handle({ params, body, caller, knownTags, doer, now, change }) {
    const sid = params.account;
    const among = caller.properties;
    const result = await change('changeAccount', { sid, among, changes: body, knownTags, doer, now });
    if (result.verdict !== 'changed') throw new ProblemError(result.verdict);
    return { status: 200, body: viewOfAccount(result.account), etag: tagOfAccount(result.account) };
  },
});
