import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { personView, viewOfPerson } from './person-view.ts';
import { personOf } from './signed-in.ts';

export const joinMembership = endpoint({
  id: 'joinMembership',
  method: 'POST',
  path: '/v1/me/memberships',
  tag: 'people',
  summary: 'Join a membership by its invitation',
  description:
    'Or the ownership of the installation. It is joined by opening its invitation alone, whatever the phone or e-mail.',
  right: 'self.write',
  body: z.strictObject({ invitation: z.string().min(1).max(100) }),
  answers: { 200: { description: 'The person, who has joined.', body: personView } },
  problems: ['invitation-over', 'already-there', 'person-needed'],
  async handle({ body, caller, doer, now, change }) {
    const personId = personOf(caller);
    const result = await change('joinMembership', { token: body.invitation, personId, doer, now });
    if (result.verdict !== 'joined') throw new ProblemError(result.verdict);
    return { status: 200, body: viewOfPerson(result.person) };
  },
});
