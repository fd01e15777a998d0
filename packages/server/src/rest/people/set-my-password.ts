import { z } from 'zod';
import { sourceKey } from '../../runtime/client-address.ts';
import { hashPassword, hashPersonPassword } from '../../runtime/password.ts';
import { endpoint } from '../endpoint.ts';
import { password } from '../members/member-view.ts';
import { ProblemError, refusedBy } from '../problems.ts';
import { passed } from '../sessions/create-session.ts';
import { signedIn } from './signed-in.ts';

export const setMyPassword = endpoint({
  id: 'setMyPassword',
  method: 'PUT',
  path: '/v1/me/password',
  tag: 'people',
  summary: "Set one's own password",
  description:
    "The person's, or the membership's that was signed in to by its own. It ends every session, this one too.",
  right: 'self.write',
  body: z.strictObject({ currentPassword: z.string().min(1).max(1_000), password }),
  answers: { 204: { description: 'The new password holds.' } },
  problems: ['refused', 'too-many-failures'],
  async handle({ body, caller, doer, now, change, parts }) {
    const of = signedIn(caller);
    const way = { by: 'source', source: sourceKey(doer.from) } as const;
    const check = await parts.credentials.checkKnown(of, way, body.currentPassword);
    if (!check.ok && check.refusal.cause === 'creator-or-password') throw refusedBy(check.refusal);
    passed(check);
    if (of.kind === 'person') {
      const passwordHash = await hashPersonPassword(parts.passwords, body.password);
      const set = await change('setPersonPassword', { personId: of.personId, passwordHash, doer, now });
      if (set.verdict !== 'set') throw new ProblemError('not-found');
    } else {
      const { propertyId, memberId } = of;
      const passwordHash = await hashPassword(parts.passwords, body.password);
      const set = await change('resetPassword', { propertyId, memberId, passwordHash, doer, now });
      if (set.verdict !== 'set') throw new ProblemError('not-found');
      parts.desks.tellSignedOut(set.signedOut);
    }
    return { status: 204 };
  },
});
