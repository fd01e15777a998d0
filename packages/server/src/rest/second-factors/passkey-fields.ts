import { z } from 'zod';
import type { Passkey } from '../../domain/second-factor.ts';
import type { Passkeys } from '../../runtime/passkeys.ts';
import { id, line, time, timeOf, timeOrNull } from '../fields.ts';
import { ProblemError } from '../problems.ts';

/** A passkey as /v1 shows it. */
export const passkeyView = z
  .object({
    id,
    name: z.string(),
    host: z.string().meta({ description: 'The name of the host that it is for. Elsewhere it opens nothing.' }),
    createdAt: time,
    lastUsedAt: time.nullable(),
  })
  .meta({ id: 'Passkey', description: 'A key of a computer, phone or security key (WebAuthn).' });

export function viewOfPasskey({ id, name, host, createdAt, lastUsedAt }: Passkey) {
  return { id, name, host, createdAt: timeOf(createdAt), lastUsedAt: timeOrNull(lastUsedAt) };
}

export const passkeyName = line(60).meta({ description: 'What its owner calls it, e.g. `Laptop`.' });

const bytes = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[0-9A-Za-z_-]+$/, 'is base64url')
    .meta({ description: 'base64url.' });
/** Browsers add fields to these in the course of years: what isn't known here is not looked at. */
const asBrowsersSend = {
  id: bytes(1_400),
  rawId: bytes(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.looseObject({}).optional(),
};

/** `PublicKeyCredential.toJSON()` of `navigator.credentials.create`. */
export const madePasskey = z
  .looseObject({
    ...asBrowsersSend,
    response: z.looseObject({
      clientDataJSON: bytes(4_000),
      attestationObject: bytes(40_000),
      transports: z.array(z.string().max(40)).max(10).optional(),
    }),
  })
  .meta({ id: 'MadePasskey', description: 'What `navigator.credentials.create` led to, by `toJSON()`.' });

/** The same of `navigator.credentials.get`. */
export const shownPasskey = z
  .looseObject({
    ...asBrowsersSend,
    response: z.looseObject({
      clientDataJSON: bytes(4_000),
      authenticatorData: bytes(4_000),
      signature: bytes(4_000),
      userHandle: z.string().max(200).nullish(),
    }),
  })
  .meta({ id: 'ShownPasskey', description: 'What `navigator.credentials.get` led to, by `toJSON()`.' });

const known = z.array(z.object({ id: z.string(), type: z.string(), transports: z.array(z.string()).optional() }));
const challenge = z.string().meta({ description: 'Good for five minutes.' });

export const creationOptionsView = z
  .object({
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge,
    pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
    timeout: z.int(),
    excludeCredentials: known,
    authenticatorSelection: z.object({
      residentKey: z.literal('preferred'),
      requireResidentKey: z.boolean(),
      userVerification: z.literal('preferred'),
    }),
    attestation: z.literal('none'),
  })
  .meta({
    id: 'PasskeyCreation',
    description: 'For `PublicKeyCredential.parseCreationOptionsFromJSON`, and then `navigator.credentials.create`.',
  });

export const requestOptionsView = z
  .object({
    rpId: z.string(),
    challenge,
    timeout: z.int(),
    userVerification: z.enum(['required', 'preferred']),
    allowCredentials: known.optional(),
  })
  .meta({
    id: 'PasskeyRequest',
    description: 'For `PublicKeyCredential.parseRequestOptionsFromJSON`, and then `navigator.credentials.get`.',
  });

/** Throws where browsers use no passkeys at the address of this server. */
export function refuseWithoutParty({ relyingParty }: Passkeys): void {
  if (relyingParty === null) throw new ProblemError('passkeys-not-set-up');
}
