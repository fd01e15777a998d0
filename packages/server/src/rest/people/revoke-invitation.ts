import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';

export const revokeInvitation = endpoint({
  id: 'revokeInvitation',
  method: 'DELETE',
  path: '/v1/properties/{property}/members/{member}/invitation',
  tag: 'people',
  summary: 'Take an invitation back',
  right: 'members.write',
  params: z.strictObject({ member: id }),
  answers: { 204: { description: 'Nobody can use it any more.' } },
  async handle({ params, property, doer, now, change }) {
    const result = await change('revokeInvitation', { propertyId: property.id, memberId: params.member, doer, now });
    if (result === 'not-found') throw new ProblemError('not-found');
    return { status: 204 };
  },
});
