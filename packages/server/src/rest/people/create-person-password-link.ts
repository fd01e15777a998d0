import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, timeOf } from '../fields.ts';
import { passwordLinkView } from '../members/create-password-link.ts';
import { ProblemError } from '../problems.ts';
import { drawLink, linkBody } from './link-terms.ts';

export const createPersonPasswordLink = endpoint({
  id: 'createPersonPasswordLink',
  method: 'POST',
  path: '/v1/persons/{person}/password-link',
  tag: 'people',
  summary: 'Make a link by which a person who is locked out sets their password',
  description:
    "For the owner's key alone, which lies on the server: whoever only signs in can't let themselves in as somebody else.",
  right: 'installation.owner',
  params: z.strictObject({ person: id }),
  body: linkBody,
  answers: { 201: { description: 'The link.', body: passwordLinkView } },
  async handle({ params, body, caller, doer, now, changeShowing, parts }) {
    if (caller.kind !== 'owner')
      throw new ProblemError('forbidden', { detail: "Use the owner's key, which lies in the server's data folder." });
    const { token, terms } = drawLink(body, now);
    const given = { personId: params.person, ...terms, doer, now };
    const { result, secret } = await changeShowing(token, 'offerPersonPasswordLink', given);
    if (result.verdict !== 'offered') throw new ProblemError('not-found');
    const link = secret === null ? null : `${parts.publicUrl()}/password#${secret}`;
    return { status: 201, body: { link, expiresAt: timeOf(result.expiresAt) } };
  },
});
