import { z } from 'zod';
import type { ShownFactor } from '../../domain/second-factor.ts';
import type { HalfOpen } from '../../queries/second-factors.ts';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { shownPasskey } from '../second-factors/passkey-fields.ts';
import { oneTimeCode, passkeyShown, recoveryCodeShown, stepShown } from '../second-factors/shown-code.ts';
import { drawSession } from './draw-session.ts';
import { createdSession, createdSessionView } from './session-view.ts';

export const openSession = endpoint({
  id: 'openSession',
  method: 'POST',
  path: '/v1/sessions/open',
  tag: 'people',
  summary: 'Open a half-open session by a second factor',
  description:
    'The open one has a token of its own. Each code is good once; wrong ones are counted, and close the way for a while. Ask for a passkey by `askForPasskey` first.',
  right: 'self.write',
  open: 'the half-open session is the credential, and is good for nothing else',
  body: z
    .strictObject({
      session: z.string().min(1).max(100).meta({ description: 'The `token` of the half-open session.' }),
      code: oneTimeCode.optional(),
      recoveryCode: z.string().min(1).max(40).optional(),
      passkey: shownPasskey.optional(),
    })
    .refine(({ code, recoveryCode, passkey }) => [code, recoveryCode, passkey].filter(Boolean).length === 1, {
      path: ['code'],
      message: 'or `recoveryCode` or `passkey` is needed, and only one of them',
    }),
  answers: { 201: { description: 'The open session, with its token.', body: createdSessionView } },
  problems: ['sign-in-over', 'factor-refused', 'too-many-failures', 'passkeys-not-set-up'],
  async handle({ body, doer, now, change, client, cookie, parts }) {
    const halfOpen = await parts.read('findHalfOpen', { token: body.session, now });
    if (halfOpen === null) throw new ProblemError('sign-in-over');
    // The session stays the same one; its token doesn't.
    const { token, kept } = drawSession(halfOpen.session, doer.from, client);
    const shown = await shownFactor(halfOpen);
    const result = await change('openByFactor', { ...kept, token: body.session, shown, now });
    if (result.verdict === 'used-before') throw new ProblemError('factor-refused');
    if (result.verdict !== 'opened') throw new ProblemError(result.verdict);
    return createdSession(result.session, { token, factors: [], cookie });

    async function shownFactor(halfOpen: HalfOpen): Promise<ShownFactor> {
      const { personId, factors } = halfOpen;
      const shower = { personId, from: doer.from, now, parts };
      if (body.passkey !== undefined)
        return passkeyShown(shower, { to: 'open', session: halfOpen.session }, factors.passkeys, body.passkey);
      if (body.recoveryCode !== undefined)
        return {
          by: 'recovery-code',
          hash: await recoveryCodeShown(shower, factors.recoveryCodes, body.recoveryCode),
        };
      const { authenticator } = factors;
      if (authenticator?.state !== 'confirmed') throw new ProblemError('factor-refused');
      const step = await stepShown(shower, authenticator, body.code ?? '');
      return { by: 'authenticator', sealedSecret: authenticator.sealedSecret, step };
    }
  },
});
