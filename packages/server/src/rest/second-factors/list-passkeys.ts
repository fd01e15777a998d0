import { endpoint } from '../endpoint.ts';
import { pageOf } from '../pages.ts';
import { personOf } from '../people/signed-in.ts';
import { passkeyView, viewOfPasskey } from './passkey-fields.ts';

export const listPasskeys = endpoint({
  id: 'listPasskeys',
  method: 'GET',
  path: '/v1/me/passkeys',
  tag: 'people',
  summary: "List one's own passkeys",
  description: 'The oldest first, all on one page: there are ten at the most.',
  right: 'self.read',
  answers: { 200: { description: 'The passkeys.', body: pageOf(passkeyView) } },
  problems: ['person-needed'],
  async handle({ caller, parts }) {
    const { passkeys } = await parts.read('factorsOf', { personId: personOf(caller) });
    return { status: 200, body: { data: passkeys.map(viewOfPasskey), nextCursor: null } };
  },
});
