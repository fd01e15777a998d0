import { isInTime, subjectOfSession } from '../../domain/session.ts';
import { endpoint } from '../endpoint.ts';
import { pageOf } from '../pages.ts';
import { signedIn } from '../people/signed-in.ts';
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
