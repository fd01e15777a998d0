import { z } from 'zod';
import { TOKEN_OVERLAP } from '../../domain/limits.ts';
import { drawAuthToken } from '../../runtime/draw-token.ts';
import { PURPOSE } from '../../runtime/sealed-secret.ts';
import { endpoint } from '../endpoint.ts';
import { givenTime, timeOrNull } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { accountSid, accountTokenView, givenToken, invalidBody } from './account-view.ts';

export const rotateAccountToken = endpoint({
  id: 'rotateAccountToken',
  method: 'POST',
  path: '/v1/accounts/{account}/tokens',
  tag: 'accounts',
  summary: 'Give a developer account another token',
  description: 'The token before signs too for a day, or as told, so that its software can be changed meanwhile.',
  right: 'accounts.write',
  params: z.strictObject({ account: accountSid }),
  body: z.strictObject({
    token: givenToken.optional().meta({ description: 'One that its software signs with already; drawn unless given.' }),
    previousTokenUntil: givenTime.nullable().optional().meta({
      description: 'Until when the token before signs too, within 90 days; null ends it at once. A day unless told.',
    }),
  }),
  answers: { 201: { description: 'The new token.', body: accountTokenView } },
  async handle({ params, body, caller, doer, now, changeShowing, parts }) {
    const sid = params.account;
    const { previousTokenUntil: previousUntil = now + TOKEN_OVERLAP.usualMs } = body;
    if (previousUntil !== null && (previousUntil <= now || previousUntil > now + TOKEN_OVERLAP.mostMs))
      throw invalidBody('previousTokenUntil', 'lies within the next 90 days; send such a time, or null');
    const { token = drawAuthToken() } = body;
    const sealedToken = parts.sealer.seal(new TextEncoder().encode(token), PURPOSE.accountToken);
    const given = { sid, among: caller.properties, sealedToken, previousUntil, doer, now };
    const { result, secret } = await changeShowing(token, 'rotateAccountToken', given);
    if (result.verdict !== 'rotated') throw new ProblemError(result.verdict);
    return { status: 201, body: { token: secret, previousTokenUntil: timeOrNull(result.previousUntil) } };
  },
});
