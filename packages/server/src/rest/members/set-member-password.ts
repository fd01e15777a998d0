import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { memberProblem } from './member-problem.ts';
import { hashGiven, ONE_WAY, passwordFields, waysOfPassword } from './member-view.ts';

export const setMemberPassword = endpoint({
  id: 'setMemberPassword',
  method: 'PUT',
  path: '/v1/properties/{property}/members/{member}/password',
  tag: 'members',
  summary: "Set a member's password",
  description:
    'Nobody can read it back. It ends the sign-ins of the old one at once. The member must be allowed no more than the caller.',
  right: 'members.write',
  params: z.strictObject({ member: id }),
  body: z.strictObject(passwordFields).refine((given) => waysOfPassword(given) === 1, ONE_WAY),
  answers: { 204: { description: 'The new password holds.' } },
  async handle({ params, body, property, doer, now, change, parts }) {
    const where = { propertyId: property.id, memberId: params.member };
    // Before the work of the hash.
    if ((await parts.read('getMember', where)) === null) throw new ProblemError('not-found');
    const hash = hashGiven(parts.passwords, body);
    if (hash === null) throw new Error('a body without a password was let through');
    const result = await change('resetPassword', { ...where, passwordHash: await hash, doer, now });
    if (result.verdict !== 'set') throw memberProblem(result.verdict);
    parts.desks.tellSignedOut(result.signedOut);
    return { status: 204 };
  },
});
