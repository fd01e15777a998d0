import { z } from 'zod';
import { isInTime, subjectOfSession } from '../../domain/session.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { pageOf } from '../pages.ts';
import { signedIn } from '../people/signed-in.ts';
import { ProblemError } from '../problems.ts';
import { sessionView, viewOfSession } from './session-view.ts';

export const listSessions = endpoint({
  id: 'listSessions',
  method: 'GET',
  path: '/v1/sessions',
  tag: 'people',
  summary: "List one's own sessions",
  description: 'The newest first, all on one page: there are 20 at the most.',
  right: 'self.read',
  answers: { 200: { description: 'The sessions.', body: pageOf(sessionView) } },
  async handle({ caller, now, parts }) {
    const sessions = await parts.read('sessionsOf', { subject: subjectOfSession(signedIn(caller)) });
    const data = sessions
      .filter((session) => isInTime(session, now))
      .map((session) => ({ ...viewOfSession(session), current: session.id === caller.credential }));
    return { status: 200, body: { data, nextCursor: null } };
  },
});

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
  async handle({ params, caller, doer, now, change }) {
    const subject = subjectOfSession(signedIn(caller));
    const session = params.session === 'current' ? caller.credential : params.session;
    if ((await change('endSession', { id: session, subject, doer, now })) !== 'ended')
      throw new ProblemError('not-found');
    return { status: 204 };
  },
});
