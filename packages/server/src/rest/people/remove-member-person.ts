import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';

export const removeMemberPerson = endpoint({
  id: 'removeMemberPerson',
  method: 'DELETE',
  path: '/v1/properties/{property}/members/{member}/person',
  tag: 'people',
  summary: 'Take a membership from the person who joined it',
  description: 'Their sign-in leads there no longer, from their next request on. The member stays.',
  right: 'members.write',
  params: z.strictObject({ member: id }),
  answers: { 204: { description: 'Nobody has it.' } },
  async handle({ params, property, doer, now, change }) {
    const result = await change('removeMemberPerson', { propertyId: property.id, memberId: params.member, doer, now });
    if (result === 'not-found') throw new ProblemError('not-found');
    return { status: 204 };
  },
});
