import { agentId } from '@keyrack/protocol';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';

export const forgetAgent = endpoint({
  id: 'forgetAgent',
  method: 'DELETE',
  path: '/v1/properties/{property}/agents/{agent}',
  tag: 'agents',
  summary: 'Forget a front desk',
  description: 'One that was revoked, and with which nothing is open. Its operations and records stay.',
  right: 'agents.write',
  params: z.strictObject({ agent: agentId }),
  answers: { 204: { description: 'It is listed no longer.' } },
  problems: ['not-in-this-state'],
  async handle({ params, property, doer, now, change }) {
    const given = { propertyId: property.id, agentId: params.agent, doer, now };
    const { verdict } = await change('forgetRevokedAgent', given);
    switch (verdict) {
      case 'not-found':
        throw new ProblemError('not-found');
      case 'not-revoked':
        throw new ProblemError('not-in-this-state', { detail: 'Revoke it first, which ends it for good.' });
      case 'something-open':
        throw new ProblemError('not-in-this-state', {
          detail: 'Nobody knows how an operation at it ended; read its card or write the operation off first.',
        });
      case 'forgotten':
        return { status: 204 };
    }
  },
});
