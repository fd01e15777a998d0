import { z } from 'zod';
import { PASSWORD_LINKS } from '../../domain/limits.ts';
import { hashToken, lookupOfKind } from '../../domain/token.ts';
import { drawToken } from '../../runtime/draw-token.ts';
import { endpoint } from '../endpoint.ts';
import { givenTime, id, time, timeOf } from '../fields.ts';
import { ProblemError, refusedBy } from '../problems.ts';
import { memberProblem } from './member-problem.ts';

const passwordLinkView = z
  .object({
    link: z.string().nullable().meta({
      description:
        'Opens the page where the member sets their password. It is shown this once; a repeat of the request shows it for ten minutes, and then null.',
    }),
    expiresAt: time,
  })
  .meta({ id: 'PasswordLink', description: 'A link by which a member sets their password, once.' });

export const createPasswordLink = endpoint({
  id: 'createPasswordLink',
  method: 'POST',
  path: '/v1/properties/{property}/members/{member}/password-link',
  tag: 'members',
  summary: 'Make a link by which a member sets their password',
  description:
    'It is good for one use, for three days unless told. A newer one or a new password voids it. Until it is used, the password before holds.',
  right: 'members.write',
  params: z.strictObject({ member: id }),
  body: z
    .strictObject({
      expiresAt: givenTime.optional().meta({ description: 'Within 30 days; in three days unless told.' }),
    })
    .optional(),
  answers: { 201: { description: 'The link.', body: passwordLinkView } },
  problems: ['refused'],
  async handle({ params, body, property, doer, now, changeShowing, parts }) {
    const expiresAt = body?.expiresAt ?? now + PASSWORD_LINKS.usualMs;
    if (expiresAt <= now || expiresAt > now + PASSWORD_LINKS.mostMs) {
      const detail = 'lies within the next 30 days; send such a time, or leave it out';
      throw new ProblemError('invalid-request', { errors: [{ in: 'body', path: 'expiresAt', detail }] });
    }
    const token = drawToken('link');
    const { result, secret } = await changeShowing(token, 'offerPasswordLink', {
      propertyId: property.id,
      memberId: params.member,
      lookup: lookupOfKind('link', token) as string,
      tokenHash: hashToken(token),
      expiresAt,
      doer,
      now,
    });
    if (result.verdict !== 'offered')
      throw result.verdict === 'member-inactive'
        ? refusedBy({ cause: 'member-inactive' })
        : memberProblem(result.verdict);
    // Behind the #, which browsers send to nobody: not into a log, nor to another site.
    const link = secret === null ? null : `${parts.publicUrl()}/password#${secret}`;
    return { status: 201, body: { link, expiresAt: timeOf(result.expiresAt) } };
  },
});
