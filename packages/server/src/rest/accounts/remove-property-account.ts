import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { accountSid } from './account-view.ts';

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
