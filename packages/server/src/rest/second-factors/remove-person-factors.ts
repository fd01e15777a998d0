import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';

export const removePersonFactors = endpoint({
  id: 'removePersonFactors',
  method: 'DELETE',
  path: '/v1/persons/{person}/factors',
  tag: 'people',
  summary: 'Remove all second factors of a person who has lost them',
  description:
    "Their sessions end, also those of memberships that they have joined. Their password opens sessions by itself again. Not for one's own: these take one's password.",
  right: 'installation.owner',
  params: z.strictObject({ person: id }),
  answers: { 204: { description: 'They have none any more.' } },
  async handle({ params, caller, doer, now, change }) {
    if (caller.kind === 'person' && caller.person.id === params.person)
      throw new ProblemError('forbidden', {
        detail: "One's own factors are removed with one's password, under `/v1/me`; or by another owner.",
      });
    if ((await change('removeFactors', { personId: params.person, doer, now })) !== 'removed')
      throw new ProblemError('not-found');
    return { status: 204 };
  },
});
