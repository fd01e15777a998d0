import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { memberFields } from '../members/member-view.ts';
import { ProblemError } from '../problems.ts';
import { signedIn } from './signed-in.ts';

export const setMyName = endpoint({
  id: 'setMyName',
  method: 'PUT',
  path: '/v1/me/name',
  tag: 'people',
  summary: "Set one's own name",
  description:
    "The person's, or the membership's that was signed in to by its own password. A person's memberships that were called as they were change with it; others keep the name that the property gave them.",
  right: 'self.write',
  body: z.strictObject({ name: memberFields.name }),
  answers: { 204: { description: 'They are called so.' } },
  async handle({ body, caller, doer, now, change }) {
    const set = await change('setOwnName', { of: signedIn(caller), name: body.name, doer, now });
    if (set.verdict !== 'set') throw new ProblemError('not-found');
    return { status: 204 };
  },
});
