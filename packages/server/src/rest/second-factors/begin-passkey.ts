import { endpoint } from '../endpoint.ts';
import { passwordBody, personByPassword } from './own-password.ts';
import { creationOptionsView, refuseWithoutParty } from './passkey-fields.ts';

export const beginPasskey = endpoint({
  id: 'beginPasskey',
  method: 'POST',
  path: '/v1/me/passkeys/options',
  tag: 'people',
  summary: 'Begin with a passkey',
  description: 'A browser makes one by the answer; `createPasskey` takes it, in the same session. Changes nothing.',
  right: 'self.write',
  body: passwordBody,
  answers: { 200: { description: 'What to make a passkey by.', body: creationOptionsView } },
  problems: ['refused', 'too-many-failures', 'person-needed', 'passkeys-not-set-up'],
  async handle(context) {
    const { body, caller, parts } = context;
    const personId = await personByPassword(context, body.currentPassword);
    refuseWithoutParty(parts.passkeys);
    const { passkeys } = await parts.read('factorsOf', { personId });
    const { name, email, mobile } = (caller as Extract<typeof caller, { kind: 'person' }>).person;
    const person = { id: personId, login: email ?? mobile ?? name, name };
    const made = await parts.passkeys.offer(person, caller.credential, passkeys);
    const { rp, user, challenge, pubKeyCredParams, authenticatorSelection, excludeCredentials = [] } = made;
    return {
      status: 200,
      body: {
        rp: { id: rp.id as string, name: rp.name },
        user,
        challenge,
        pubKeyCredParams,
        timeout: made.timeout as number,
        excludeCredentials,
        authenticatorSelection: {
          residentKey: 'preferred' as const,
          requireResidentKey: authenticatorSelection?.requireResidentKey === true,
          userVerification: 'preferred' as const,
        },
        attestation: 'none' as const,
      },
    };
  },
});
