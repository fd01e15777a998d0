import { Secret, TOTP } from 'otpauth';
import { FACTORS } from '../domain/limits.ts';

/** One-time codes by time (RFC 6238), as every authenticator app makes them: SHA-1, six digits, half a minute. */
const KIND = { algorithm: 'SHA1', digits: FACTORS.digits, period: FACTORS.stepMs / 1_000 } as const;

/** Bytes of a secret: as many as SHA-1 has. */
const SECRET_BYTES = 20;

/** A new secret in base32, as people type it into an app. */
export function drawAuthenticatorSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What an app reads from a QR code: the secret, and a name to know it by. */
export function authenticatorUri(secret: string, name: string): string {
  return new TOTP({ ...KIND, secret, label: name, issuer: 'Keyrack' }).toString();
}

/** The step whose code this is, at most one beside that of now; null where it is none of these. */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  const totp = new TOTP({ ...KIND, secret });
  const off = totp.validate({ token: code, timestamp: now, window: FACTORS.drift });
  return off === null ? null : Math.floor(now / FACTORS.stepMs) + off;
}
