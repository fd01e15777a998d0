import { z } from 'zod';
import { authenticatorUri, drawAuthenticatorSecret } from '../../runtime/one-time-codes.ts';
import { PURPOSE } from '../../runtime/sealed-secret.ts';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { passwordBody, personByPassword } from './own-password.ts';

const SHOWN =
  'It is shown this once; a repeat of the request shows it for ten minutes, and then null. Then begin again.';

const newAuthenticatorView = z
  .object({
    secret: z
      .string()
      .nullable()
      .meta({ description: `In base32, to type it into an app. ${SHOWN}` }),
    uri: z
      .string()
      .nullable()
      .meta({ description: `\`otpauth:\`, to show it as a QR code. ${SHOWN}` }),
  })
  .meta({ id: 'NewAuthenticator', description: 'What an app needs to show codes: SHA-1, six digits, 30 seconds.' });

export const createAuthenticator = endpoint({
  id: 'createAuthenticator',
  method: 'POST',
  path: '/v1/me/authenticator',
  tag: 'people',
  summary: 'Begin with an authenticator app',
  description:
    'Nothing is asked for until `confirmAuthenticator` has had a code of it. To begin again before that voids the secret before.',
  right: 'self.write',
  body: passwordBody,
  answers: { 201: { description: 'The secret for the app.', body: newAuthenticatorView } },
  problems: ['refused', 'too-many-failures', 'person-needed', 'authenticator-there'],
  async handle(context) {
    const { body, caller, doer, now, changeShowing, parts } = context;
    const personId = await personByPassword(context, body.currentPassword);
    const drawn = drawAuthenticatorSecret();
    const sealedSecret = parts.sealer.seal(new TextEncoder().encode(drawn), PURPOSE.authenticatorSecret);
    const { result, secret } = await changeShowing(drawn, 'beginAuthenticator', { personId, sealedSecret, doer, now });
    if (result.verdict !== 'begun') throw new ProblemError(result.verdict);
    const { email, mobile, name } = (caller as Extract<typeof caller, { kind: 'person' }>).person;
    const uri = secret === null ? null : authenticatorUri(secret, email ?? mobile ?? name);
    return { status: 201, body: { secret, uri } };
  },
});
