import { createHash } from 'node:crypto';

/** An app that shows one-time codes (RFC 6238): a secret that it and the server know. A person has one at the most. */
export interface Authenticator {
  readonly personId: string;
  /** Sealed with the master key. */
  readonly sealedSecret: string;
  /** It counts from the first right code on: until then nobody knows whether the app has the secret. */
  readonly state: 'begun' | 'confirmed';
  /** The step of the last code that was accepted: none is accepted twice. */
  readonly lastStep: number;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** What stands in for a factor that was lost: each of them is good for one sign-in. */
export interface RecoveryCodes {
  readonly personId: string;
  /** Of those that are left, as `hashRecoveryCode` gives them. */
  readonly hashes: readonly string[];
  readonly createdAt: number;
}

/** A key that a person's computer, phone or security key has, of which the server knows the public half (WebAuthn). */
export interface Passkey {
  readonly id: string;
  readonly personId: string;
  /** What the browser knows it by, in base64url. */
  readonly credentialId: string;
  /** COSE, in base64url. */
  readonly publicKey: string;
  /** Of its last use, as it tells; many always tell 0. */
  readonly counter: number;
  /** By which ways a browser reaches it, as the browser told. */
  readonly transports: readonly string[];
  /** The name of the host that it is for: another one can't ask for it. */
  readonly host: string;
  /** What its owner calls it. */
  readonly name: string;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** What a person has besides their password. */
export interface Factors {
  readonly authenticator: Authenticator | null;
  /** The oldest first. */
  readonly passkeys: readonly Passkey[];
  readonly recoveryCodes: RecoveryCodes | null;
}

/** What opens a sign-in that is half open. */
export const FACTOR_KINDS = ['passkey', 'authenticator', 'recovery-code'] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** A factor that was shown and is right, as far as can be told before the transaction that uses it up. */
export type ShownFactor =
  | { readonly by: 'authenticator'; readonly sealedSecret: string; readonly step: number }
  | { readonly by: 'recovery-code'; readonly hash: string }
  | { readonly by: 'passkey'; readonly id: string; readonly counter: number };

/** Whether somebody with these factors is asked for one. Recovery codes stand in for others and ask for nothing by themselves. */
export function asksForFactor({ authenticator, passkeys }: Factors): boolean {
  return authenticator?.state === 'confirmed' || passkeys.length > 0;
}

/** What would open a half-open sign-in of somebody with these factors. Empty where none is asked for. */
export function openingFactors(factors: Factors): FactorKind[] {
  if (!asksForFactor(factors)) return [];
  const { authenticator, passkeys, recoveryCodes } = factors;
  const has: Readonly<Record<FactorKind, boolean>> = {
    passkey: passkeys.length > 0,
    authenticator: authenticator?.state === 'confirmed',
    'recovery-code': recoveryCodes !== null && recoveryCodes.hashes.length > 0,
  };
  return FACTOR_KINDS.filter((kind) => has[kind]);
}

/** The factors after one of them was shown; null where it is not theirs, or was used before. */
export function useFactor(factors: Factors, shown: ShownFactor, now: number): Factors | null {
  switch (shown.by) {
    case 'authenticator': {
      const { authenticator } = factors;
      const isTheirs = authenticator?.state === 'confirmed' && authenticator.sealedSecret === shown.sealedSecret;
      if (!isTheirs || shown.step <= authenticator.lastStep) return null;
      return { ...factors, authenticator: { ...authenticator, lastStep: shown.step, lastUsedAt: now } };
    }
    case 'passkey': {
      const passkey = factors.passkeys.find(({ id }) => id === shown.id);
      if (passkey === undefined || !isLaterUse(passkey, shown.counter)) return null;
      const used = { ...passkey, counter: shown.counter, lastUsedAt: now };
      return { ...factors, passkeys: factors.passkeys.map((each) => (each === passkey ? used : each)) };
    }
    case 'recovery-code': {
      const { recoveryCodes } = factors;
      if (!recoveryCodes?.hashes.includes(shown.hash)) return null;
      const hashes = recoveryCodes.hashes.filter((hash) => hash !== shown.hash);
      return { ...factors, recoveryCodes: { ...recoveryCodes, hashes } };
    }
  }
}

/** A key that counts its uses counts on; one that was copied would not. Many don't count. */
export function isLaterUse({ counter }: Pick<Passkey, 'counter'>, told: number): boolean {
  return told > counter || (told === 0 && counter === 0);
}

/** Crockford's: without letters that look like digits or like each other. */
export const RECOVERY_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * What is kept of a recovery code: 80 bits are drawn for one, so that nobody finds it by its hash. It may be typed with or without
 * dashes, in any case, and with letters for the digits that they look like.
 */
export function hashRecoveryCode(personId: string, code: string): string {
  const letters = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return createHash('sha256').update(`${personId} ${letters}`).digest('hex');
}
