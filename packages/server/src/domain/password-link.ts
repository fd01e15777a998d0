import { createHash, timingSafeEqual } from 'node:crypto';
import type { PasswordLink } from './people.ts';

/** `pw_`, the lookup, and 40 letters and digits: 238 bits. */
const TOKEN = /^pw_([0-9A-Za-z]{8})_[0-9A-Za-z]{40}$/;

export function linkTokenOf(lookup: string, secret: string): string {
  return `pw_${lookup}_${secret}`;
}

/** What the link with this token is found by; null for what is no token. */
export function lookupOfLink(token: string): string | null {
  return TOKEN.exec(token)?.[1] ?? null;
}

export function hashLinkToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function isItsToken({ tokenHash }: PasswordLink, token: string): boolean {
  return timingSafeEqual(Buffer.from(hashLinkToken(token)), Buffer.from(tokenHash));
}
