import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { personOf } from '../people/signed-in.ts';
import { ProblemError } from '../problems.ts';
import { factorsView, viewOfFactors } from './factors-view.ts';
import { oneTimeCode, stepShown } from './shown-code.ts';

export const confirmAuthenticator = endpoint({
  id: 'confirmAuthenticator',
  method: 'POST',
  path: '/v1/me/authenticator/confirm',
  tag: 'people',
  summary: 'Take an authenticator app into use by its first code',
  description:
    'From then on signing in asks for a code. Where it is the first factor, every other session ends that was opened by a password alone, also those of joined memberships.',
  right: 'self.write',
  body: z.strictObject({ code: oneTimeCode }),
  answers: { 200: { description: 'The factors. Make recovery codes next.', body: factorsView } },
  problems: ['factor-refused', 'too-many-failures', 'person-needed', 'authenticator-not-begun'],
  async handle({ body, caller, doer, now, change, parts }) {
    const personId = personOf(caller);
    const { authenticator } = await parts.read('factorsOf', { personId });
    if (authenticator === null) throw new ProblemError('authenticator-not-begun');
    const { sealedSecret, state } = authenticator;
    // Of one that is confirmed no code is looked at: a repeat is told what became of the first, and anything else is refused.
    const step =
      state === 'begun' ? await stepShown({ personId, from: doer.from, now, parts }, authenticator, body.code) : 0;
    const result = await change('confirmAuthenticator', { personId, sealedSecret, step, doer, now });
    if (result.verdict !== 'confirmed') throw new ProblemError(result.verdict);
    return { status: 200, body: viewOfFactors(result.factors) };
  },
});
