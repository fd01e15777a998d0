import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { PASSKEYS } from '../domain/limits.ts';
import { type RelyingParty, relyingPartyOf } from '../domain/relying-party.ts';
import { isLaterUse, type Passkey } from '../domain/second-factor.ts';
import type { Clock } from './clock.ts';
import { createPasskeyChallenges } from './passkey-challenges.ts';

export type { AuthenticationResponseJSON, RegistrationResponseJSON };

/** A key as a browser has made it. */
export type MadePasskey = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'host'>;

/** What a passkey is asked for. Alone it stands for the password too, so that its owner shows their finger or a PIN. */
export type PasskeyUse = { readonly to: 'open'; readonly session: string } | { readonly to: 'sign-in' };

export interface Passkeys {
  /** Null where this server's address is none at which browsers use passkeys. */
  readonly relyingParty: RelyingParty | null;
  /** What a browser makes one by, for the person of this session. */
  offer(person: NamedPerson, session: string, existing: readonly Passkey[]): Promise<CreationOptions>;
  /** The key that a browser has made by that; null where it isn't one. */
  made(response: RegistrationResponseJSON, session: string): Promise<MadePasskey | null>;
  /** What a browser shows one by: one of these, or whichever it has for this server. */
  ask(use: PasskeyUse, existing: readonly Passkey[]): Promise<RequestOptions>;
  /** What the key counted at this use; null where it wasn't shown rightly. */
  shown(response: AuthenticationResponseJSON, use: PasskeyUse, passkey: Passkey): Promise<number | null>;
}

export interface NamedPerson {
  readonly id: string;
  /** What they sign in by. */
  readonly login: string;
  readonly name: string;
}

type Library = typeof import('@simplewebauthn/server');
type CreationOptions = Awaited<ReturnType<Library['generateRegistrationOptions']>>;
type RequestOptions = Awaited<ReturnType<Library['generateAuthenticationOptions']>>;

/** ES256, EdDSA, RS256: what keys of today have. */
const ALGORITHMS = [-8, -7, -257];

/** `publicUrl` is asked for each time: a server on any free port knows its address once it listens. */
export function createPasskeys(publicUrl: () => string | null, clock: Pick<Clock, 'monotonic'>): Passkeys {
  const challenges = createPasskeyChallenges(clock);
  // It takes half a second and 30 MB, for which a server without passkeys needn't wait.
  const library = () => import('@simplewebauthn/server');
  const helpers = () => import('@simplewebauthn/server/helpers');
  const party = (): RelyingParty => {
    const party = relyingPartyOf(publicUrl());
    if (party === null) throw new Error('whoever asks for passkeys looks first whether there are any here');
    return party;
  };
  const knownAs = (passkeys: readonly Passkey[]) =>
    passkeys
      .filter(({ host }) => host === party().id)
      .map(({ credentialId: id, transports }) => ({ id, transports: transports as AuthenticatorTransport[] }));

  /** The statement of an authenticator's maker isn't wanted. So none is looked at: a check of one asks servers that it names. */
  const withoutStatement = async (response: RegistrationResponseJSON): Promise<RegistrationResponseJSON> => {
    const { decodeAttestationObject, isoBase64URL, isoCBOR } = await helpers();
    const authData = decodeAttestationObject(isoBase64URL.toBuffer(response.response.attestationObject)).get(
      'authData',
    );
    const none = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    const attestationObject = isoBase64URL.fromBuffer(isoCBOR.encode(none as never));
    return { ...response, response: { ...response.response, attestationObject } };
  };

  return {
    get relyingParty() {
      return relyingPartyOf(publicUrl());
    },
    async offer({ id, login, name }, session, existing) {
      const { generateRegistrationOptions } = await library();
      return generateRegistrationOptions({
        rpName: 'Keyrack',
        rpID: party().id,
        userID: new TextEncoder().encode(id),
        userName: login,
        userDisplayName: name,
        challenge: bytesOf(challenges.draw(`make ${session}`)),
        timeout: PASSKEYS.challengeMs,
        attestationType: 'none',
        excludeCredentials: knownAs(existing),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
        supportedAlgorithmIDs: ALGORITHMS,
      });
    },
    async made(response, session) {
      const { verifyRegistrationResponse } = await library();
      // A key that is known isn't taken again, so that a challenge needs no use here.
      const checked = await verifyRegistrationResponse({
        response: await withoutStatement(response).catch(() => response),
        expectedChallenge: (challenge) => challenges.isGood(challenge, `make ${session}`),
        expectedOrigin: party().origin,
        expectedRPID: party().id,
        requireUserVerification: false,
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch(() => null);
      if (!checked?.verified) return null;
      const { id: credentialId, publicKey, counter, transports = [] } = checked.registrationInfo.credential;
      const key = Buffer.from(publicKey).toString('base64url');
      return { credentialId, publicKey: key, counter, transports, host: party().id };
    },
    async ask(use, existing) {
      const { generateAuthenticationOptions } = await library();
      return generateAuthenticationOptions({
        rpID: party().id,
        challenge: bytesOf(challenges.draw(purposeOf(use))),
        timeout: PASSKEYS.challengeMs,
        userVerification: use.to === 'sign-in' ? 'required' : 'preferred',
        ...(use.to === 'open' && { allowCredentials: knownAs(existing) }),
      });
    },
    async shown(response, use, { credentialId, publicKey, counter, host }) {
      if (host !== party().id) return null;
      const { verifyAuthenticationResponse } = await library();
      let challenge = '';
      const checked = await verifyAuthenticationResponse({
        response,
        expectedChallenge(given) {
          challenge = given;
          return challenges.isGood(given, purposeOf(use));
        },
        expectedOrigin: party().origin,
        expectedRPID: party().id,
        credential: { id: credentialId, publicKey: bytesOf(publicKey), counter },
        requireUserVerification: use.to === 'sign-in',
      }).catch(() => null);
      if (!checked?.verified || !isLaterUse({ counter }, checked.authenticationInfo.newCounter)) return null;
      // Between the check and here others may have used it.
      if (!challenges.isGood(challenge, purposeOf(use))) return null;
      challenges.use(challenge);
      return checked.authenticationInfo.newCounter;
    },
  };
}

function purposeOf(use: PasskeyUse): string {
  return use.to === 'open' ? `open ${use.session}` : use.to;
}

/** As the library wants them: of a buffer of their own. */
function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64url, 'base64url'));
}
