import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { passwordBody, personByPassword } from './own-password.ts';

export const removeAuthenticator = endpoint({
  id: 'removeAuthenticator',
  method: 'POST',
  path: '/v1/me/authenticator/remove',
  tag: 'people',
  summary: "Remove one's own authenticator app",
  description: 'Also one that was never confirmed. With the last factor the recovery codes end.',
  right: 'self.write',
  body: passwordBody,
  answers: { 204: { description: 'Its codes open nothing any more.' } },
  problems: ['refused', 'too-many-failures', 'person-needed'],
  async handle(context) {
    const { body, doer, now, change } = context;
    const personId = await personByPassword(context, body.currentPassword);
    if ((await change('removeAuthenticator', { personId, doer, now })) !== 'removed')
      throw new ProblemError('not-found');
    return { status: 204 };
  },
});
