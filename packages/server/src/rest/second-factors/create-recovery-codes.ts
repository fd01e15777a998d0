import { z } from 'zod';
import { hashRecoveryCode } from '../../domain/second-factor.ts';
import { drawRecoveryCodes } from '../../runtime/draw-token.ts';
import { endpoint } from '../endpoint.ts';
import { time, timeOf } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { passwordBody, personByPassword } from './own-password.ts';

const recoveryCodesView = z
  .object({
    codes: z.array(z.string()).nullable().meta({
      description: 'They are shown this once; a repeat of the request shows them for ten minutes, and then null.',
    }),
    createdAt: time,
  })
  .meta({ id: 'RecoveryCodes', description: 'Each is good for one sign-in, in the place of a factor that was lost.' });

export const createRecoveryCodes = endpoint({
  id: 'createRecoveryCodes',
  method: 'POST',
  path: '/v1/me/recovery-codes',
  tag: 'people',
  summary: 'Make ten recovery codes',
  description: 'They replace those before. Keep them on paper: they are for the day on which a factor is lost.',
  right: 'self.write',
  body: passwordBody,
  answers: { 201: { description: 'The codes.', body: recoveryCodesView } },
  problems: ['refused', 'too-many-failures', 'person-needed', 'factor-needed'],
  async handle(context) {
    const { body, doer, now, changeShowing } = context;
    const personId = await personByPassword(context, body.currentPassword);
    const codes = drawRecoveryCodes();
    const hashes = codes.map((code) => hashRecoveryCode(personId, code));
    const { result, secret } = await changeShowing(codes.join(' '), 'setRecoveryCodes', {
      personId,
      hashes,
      doer,
      now,
    });
    if (result.verdict !== 'set') throw new ProblemError(result.verdict);
    return { status: 201, body: { codes: secret?.split(' ') ?? null, createdAt: timeOf(result.createdAt) } };
  },
});
