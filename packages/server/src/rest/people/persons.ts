import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, timeOf } from '../fields.ts';
import { passwordLinkView } from '../members/create-password-link.ts';
import { pageOf, pageQuery, readPage, toPage } from '../pages.ts';
import { ProblemError } from '../problems.ts';
import { drawLink, linkBody } from './link-terms.ts';
import { personView, viewOfPerson } from './person-view.ts';

const position = z.strictObject({ id: z.string() });

export const listPersons = endpoint({
  id: 'listPersons',
  method: 'GET',
  path: '/v1/persons',
  tag: 'people',
  summary: 'List the persons of the installation',
  description: 'The newest first.',
  right: 'installation.owner',
  query: pageQuery,
  answers: { 200: { description: 'A page of persons.', body: pageOf(personView) } },
  async handle({ query, parts }) {
    const { limit, after } = readPage(query, position);
    const rows = await parts.read('personsPage', { after, limit: limit + 1 });
    return { status: 200, body: toPage(rows, limit, viewOfPerson, ({ id }) => ({ id })) };
  },
});

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

export const removeOwner = endpoint({
  id: 'removeOwner',
  method: 'DELETE',
  path: '/v1/persons/{person}/ownership',
  tag: 'people',
  summary: 'End that a person owns the installation',
  description: "The owner's key stays, so that there can be an owner again.",
  right: 'installation.owner',
  params: z.strictObject({ person: id }),
  answers: { 204: { description: 'They own nothing any more.' } },
  async handle({ params, doer, now, change }) {
    const result = await change('removeOwner', { personId: params.person, doer, now });
    if (result === 'not-found') throw new ProblemError('not-found');
    return { status: 204 };
  },
});
