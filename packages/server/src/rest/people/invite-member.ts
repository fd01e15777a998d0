import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, timeOf } from '../fields.ts';
import { memberProblem } from '../members/member-problem.ts';
import { ProblemError, refusedBy } from '../problems.ts';
import { drawLink, linkBody } from './link-terms.ts';
import { invitationView } from './person-view.ts';

export const inviteMember = endpoint({
  id: 'inviteMember',
  method: 'POST',
  path: '/v1/properties/{property}/members/{member}/invitation',
  tag: 'people',
  summary: 'Invite a person to take on a membership',
  description: 'It is good for one use, for three days unless told. A newer one voids it.',
  right: 'members.write',
  params: z.strictObject({ member: id }),
  body: linkBody,
  answers: { 201: { description: 'The invitation.', body: invitationView } },
  problems: ['refused', 'member-joined'],
  async handle({ params, body, property, doer, now, changeShowing }) {
    const { token, terms } = drawLink(body, now);
    const given = { propertyId: property.id, memberId: params.member, ...terms, doer, now };
    const { result, secret } = await changeShowing(token, 'inviteMember', given);
    if (result.verdict === 'member-inactive') throw refusedBy({ cause: 'member-inactive' });
    if (result.verdict === 'member-joined') throw new ProblemError('member-joined');
    if (result.verdict !== 'invited') throw memberProblem(result.verdict);
    return { status: 201, body: { token: secret, expiresAt: timeOf(result.expiresAt) } };
  },
});
