import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { accountSid } from './account-view.ts';

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
