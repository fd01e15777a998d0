import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, time, timeOf } from '../fields.ts';
import { drawLink, linkBody } from '../people/link-terms.ts';
import { refusedBy } from '../problems.ts';
import { memberProblem } from './member-problem.ts';

export const passwordLinkView = z
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
  body: linkBody,
  answers: { 201: { description: 'The link.', body: passwordLinkView } },
  problems: ['refused'],
  async handle({ params, body, property, doer, now, changeShowing, parts }) {
    const { token, terms } = drawLink(body, now);
    const given = { propertyId: property.id, memberId: params.member, ...terms, doer, now };
    const { result, secret } = await changeShowing(token, 'offerPasswordLink', given);
    if (result.verdict !== 'offered')
      throw result.verdict === 'member-inactive'
        ? refusedBy({ cause: 'member-inactive' })
        : memberProblem(result.verdict);
    // Behind the #, which browsers send to nobody: not into a log, nor to another site.
    const link = secret === null ? null : `${parts.publicUrl()}/password#${secret}`;
    return { status: 201, body: { link, expiresAt: timeOf(result.expiresAt) } };
  },
});
