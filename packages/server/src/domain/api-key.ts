import type { Scope } from './rights.ts';
import { hasHash, hashToken, lookupOfKind } from './token.ts';

/** A credential of /v1 that acts for itself. Whoever has its token has its rights. */
export interface ApiKey {
  readonly id: string;
  /** The part of its token that it is found by. */
  readonly lookup: string;
  /** SHA-256 of its token in hex. A token is random enough that nobody finds it by its hash. */
  readonly secretHash: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Ids of the properties that it acts for; null for all of them. */
  readonly properties: readonly string[] | null;
  /** The key in the data folder: it may do everything. */
  readonly ownerKey: boolean;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

/** When a key was last used. Nothing is decided by it. */
export interface ApiKeyVisit {
  readonly id: string;
  readonly lastUsedAt: number;
}

/** What the key with this token is found by; null for what is no token. */
export function lookupOf(token: string): string | null {
  return lookupOfKind('apiKey', token);
}

export { hashToken };

/** Whether the key has this token and is in use. */
export function isGood(key: ApiKey, token: string, now: number): boolean {
  return hasHash(token, key.secretHash) && isInForce(key, now);
}

/** Whether it is neither revoked nor expired. */
export function isInForce({ revokedAt, expiresAt }: ApiKey, now: number): boolean {
  return revokedAt === null && (expiresAt === null || now < expiresAt);
}
