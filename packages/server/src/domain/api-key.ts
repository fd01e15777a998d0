import { createHash, timingSafeEqual } from 'node:crypto';
import type { Scope } from './rights.ts';

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

/** `kr_`, the lookup, and 40 letters and digits: 238 bits. Programs that look for leaked secrets know it by its form. */
const TOKEN = /^kr_([0-9A-Za-z]{8})_[0-9A-Za-z]{40}$/;

/** Lengths of the parts of a token that are drawn. */
export const TOKEN_PARTS = { lookup: 8, secret: 40 } as const;

export function tokenOf(lookup: string, secret: string): string {
  return `kr_${lookup}_${secret}`;
}

/** What the key with this token is found by; null for what is no token. */
export function lookupOf(token: string): string | null {
  return TOKEN.exec(token)?.[1] ?? null;
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether the key has this token and is in use. */
export function isGood(key: ApiKey, token: string, now: number): boolean {
  const isIts = timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(key.secretHash));
  return isIts && isInForce(key, now);
}

/** Whether it is neither revoked nor expired. */
export function isInForce({ revokedAt, expiresAt }: ApiKey, now: number): boolean {
  return revokedAt === null && (expiresAt === null || now < expiresAt);
}
