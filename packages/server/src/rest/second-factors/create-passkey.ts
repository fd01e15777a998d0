import { z } from 'zod';
import type { RegistrationResponseJSON } from '../../runtime/passkeys.ts';
import { endpoint } from '../endpoint.ts';
import { personOf } from '../people/signed-in.ts';
import { ProblemError } from '../problems.ts';
import { madePasskey, passkeyName, passkeyView, refuseWithoutParty, viewOfPasskey } from './passkey-fields.ts';

export const createPasskey = endpoint({
  id: 'createPasskey',
  method: 'POST',
  path: '/v1/me/passkeys',
  tag: 'people',
  summary: 'Add a passkey that a browser has made',
  description:
    'By the options of `beginPasskey`, in the same session. From then on signing in asks for a factor, or takes the passkey alone. Where it is the first factor, every other session ends that was opened by a password alone, also those of joined memberships.',
  right: 'self.write',
  body: z.strictObject({ name: passkeyName, passkey: madePasskey }),
  answers: { 201: { description: 'The passkey.', body: passkeyView } },
  problems: ['passkey-refused', 'too-many-passkeys', 'person-needed', 'passkeys-not-set-up'],
  async handle({ body, caller, doer, now, change, parts }) {
    const personId = personOf(caller);
    refuseWithoutParty(parts.passkeys);
    const made = await parts.passkeys.made(body.passkey as RegistrationResponseJSON, caller.credential);
    // Of what is none the transaction tells, too: a repeat is told what became of the first.
    const passkey = made && { id: parts.newId(), ...made, name: body.name };
    const result = await change('createPasskey', { personId, passkey, doer, now });
    if (result.verdict !== 'created') throw new ProblemError(result.verdict);
    const location = `/v1/me/passkeys/${result.passkey.id}`;
    return { status: 201, body: viewOfPasskey(result.passkey), headers: { location } };
  },
});
