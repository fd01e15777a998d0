import { z } from 'zod';
import type { ShownFactor } from '../../domain/second-factor.ts';
import { hashToken, lookupOfKind } from '../../domain/token.ts';
import { drawToken } from '../../runtime/draw-token.ts';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { oneTimeCode, recoveryCodeShown, stepShown } from '../second-factors/shown-code.ts';
import { clientOf } from './create-session.ts';
import { createdSessionView, viewOfSession } from './session-view.ts';

export const openSession = endpoint({
  id: 'openSession',
  method: 'POST',
  path: '/v1/sessions/open',
  tag: 'people',
  summary: 'Open a half-open session by a second factor',
  description:
    'The open one has a token of its own. Each code is good once; wrong ones are counted, and close the way for a while.',
  right: 'self.write',
  open: 'the half-open session is the credential, and is good for nothing else',
  body: z
    .strictObject({
      session: z.string().min(1).max(100).meta({ description: 'The `token` of the half-open session.' }),
      code: oneTimeCode.optional(),
      recoveryCode: z.string().min(1).max(40).optional(),
    })
    .refine(({ code, recoveryCode }) => (code === undefined) !== (recoveryCode === undefined), {
      path: ['code'],
      message: 'or `recoveryCode` is needed, and only one of them',
    }),
  answers: { 201: { description: 'The open session, with its token.', body: createdSessionView } },
  problems: ['sign-in-over', 'factor-refused', 'too-many-failures'],
  async handle({ body, doer, now, change, client, parts }) {
    const halfOpen = await parts.read('findHalfOpen', { token: body.session, now });
    if (halfOpen === null) throw new ProblemError('sign-in-over');
    const token = drawToken('session');
    const result = await change('openByFactor', {
      token: body.session,
      shown: await shownFactor(),
      lookup: lookupOfKind('session', token) as string,
      secretHash: hashToken(token),
      from: doer.from,
      client: clientOf(client),
      now,
    });
    if (result.verdict === 'used-before') throw new ProblemError('factor-refused');
    if (result.verdict !== 'opened') throw new ProblemError(result.verdict);
    const headers = { location: `/v1/sessions/${result.session.id}` };
    return { status: 201, body: { ...viewOfSession(result.session), factors: [], token }, headers };

    async function shownFactor(): Promise<ShownFactor> {
      const { personId, factors } = halfOpen as NonNullable<typeof halfOpen>;
      const shower = { personId, from: doer.from, now, parts };
      if (body.code === undefined)
        return {
          by: 'recovery-code',
          hash: await recoveryCodeShown(shower, factors.recoveryCodes, body.recoveryCode ?? ''),
        };
      const { authenticator } = factors;
      if (authenticator?.state !== 'confirmed') throw new ProblemError('factor-refused');
      const step = await stepShown(shower, authenticator, body.code);
      return { by: 'authenticator', sealedSecret: authenticator.sealedSecret, step };
    }
  },
});
