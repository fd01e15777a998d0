import { z } from 'zod';
import { hashPassword, hashPersonPassword } from '../../runtime/password.ts';
import { endpoint } from '../endpoint.ts';
import { password } from '../members/member-view.ts';
import { ProblemError } from '../problems.ts';

export const setPasswordByLink = endpoint({
  id: 'setPasswordByLink',
  method: 'PUT',
  path: '/v1/password',
  tag: 'people',
  summary: 'Set a password by a one-time link',
  description:
    "The member's or person's whom the link is for. It ends what the old one opened. No credential is needed but the link.",
  right: 'self.write',
  open: 'the link is the credential',
  body: z.strictObject({
    link: z.string().min(1).max(100).meta({ description: 'What stands behind the # in the link.' }),
    password,
  }),
  answers: { 204: { description: 'The new password holds.' } },
  problems: ['link-over'],
  async handle({ body, doer, now, change, parts }) {
    // Before the work of the hash.
    const link = await parts.read('findLink', { token: body.link, now });
    if (link === null) throw new ProblemError('link-over');
    const hash = link.use.to === 'set-person-password' ? hashPersonPassword : hashPassword;
    const passwordHash = await hash(parts.passwords, body.password);
    const set = await change('usePasswordLink', { token: body.link, passwordHash, from: doer.from, now });
    if (set.verdict !== 'set') throw new ProblemError('link-over');
    parts.desks.tellSignedOut(set.signedOut);
    return { status: 204 };
  },
});
