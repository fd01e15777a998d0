import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { refuseWithoutParty, requestOptionsView } from '../second-factors/passkey-fields.ts';

export const askForPasskey = endpoint({
  id: 'askForPasskey',
  method: 'POST',
  path: '/v1/sessions/passkey-options',
  tag: 'people',
  summary: 'Ask for a passkey, to sign in',
  description:
    'With `session` for `openSession`, by one of the passkeys of whose session it is; without it for `createPasskeySession`, by whichever the browser has. Changes nothing.',
  right: 'self.write',
  open: 'whoever signs in has no credential yet',
  body: z
    .strictObject({
      session: z.string().min(1).max(100).optional().meta({ description: 'The `token` of a half-open session.' }),
    })
    .optional(),
  answers: { 200: { description: 'What to show a passkey by.', body: requestOptionsView } },
  problems: ['sign-in-over', 'passkeys-not-set-up'],
  async handle({ body, now, parts }) {
    refuseWithoutParty(parts.passkeys);
    const token = body?.session;
    const halfOpen = token === undefined ? null : await parts.read('findHalfOpen', { token, now });
    if (token !== undefined && halfOpen === null) throw new ProblemError('sign-in-over');
    const asked =
      halfOpen === null
        ? await parts.passkeys.ask({ to: 'sign-in' }, [])
        : await parts.passkeys.ask({ to: 'open', session: halfOpen.session }, halfOpen.factors.passkeys);
    const { rpId, challenge, timeout, userVerification, allowCredentials } = asked;
    return {
      status: 200,
      body: {
        rpId: rpId as string,
        challenge,
        timeout: timeout as number,
        userVerification: userVerification as 'required' | 'preferred',
        ...(allowCredentials && { allowCredentials }),
      },
    };
  },
});
