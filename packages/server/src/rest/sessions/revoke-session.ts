import { z } from 'zod';
import { subjectOfSession } from '../../domain/session.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { signedIn } from '../people/signed-in.ts';
import { ProblemError } from '../problems.ts';

export const revokeSession = endpoint({
  id: 'revokeSession',
  method: 'DELETE',
  path: '/v1/sessions/{session}',
  tag: 'people',
  summary: "End one of one's own sessions",
  description: 'Or `current`: the one by which the request comes.',
  right: 'self.write',
  params: z.strictObject({ session: z.union([id, z.literal('current')]) }),
  answers: { 204: { description: 'It has ended.' } },
  async handle({ params, caller, doer, now, cookie, change }) {
    const subject = subjectOfSession(signedIn(caller));
    const session = params.session === 'current' ? caller.credential : params.session;
    if ((await change('endSession', { id: session, subject, doer, now })) !== 'ended')
      throw new ProblemError('not-found');
    return session === caller.credential && cookie !== null
      ? { status: 204, headers: cookie.forget() }
      : { status: 204 };
  },
});
