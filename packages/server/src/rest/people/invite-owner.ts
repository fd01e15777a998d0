import { endpoint } from '../endpoint.ts';
import { timeOf } from '../fields.ts';
import { drawLink, linkBody } from './link-terms.ts';
import { invitationView } from './person-view.ts';

export const inviteOwner = endpoint({
  id: 'inviteOwner',
  method: 'POST',
  path: '/v1/owner-invitations',
  tag: 'people',
  summary: 'Invite a person to own the installation',
  description: 'It is good for one use, for three days unless told. A newer one voids it.',
  right: 'installation.owner',
  body: linkBody,
  answers: { 201: { description: 'The invitation.', body: invitationView } },
  async handle({ body, doer, now, changeShowing }) {
    const { token, terms } = drawLink(body, now);
    const { result, secret } = await changeShowing(token, 'inviteOwner', { ...terms, doer, now });
    return { status: 201, body: { token: secret, expiresAt: timeOf(result.expiresAt) } };
  },
});
