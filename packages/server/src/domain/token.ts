import { createHash, timingSafeEqual } from 'node:crypto';

/** What begins a token, by what it is. Programs that look for leaked secrets know it by its form. */
export const TOKEN_KINDS = { apiKey: 'kr', link: 'kl', session: 'ks' } as const;
export type TokenKind = keyof typeof TOKEN_KINDS;

/** Lengths of the parts of a token that are drawn: 48 bits to be found by, and 238 that nobody guesses. */
export const TOKEN_PARTS = { lookup: 8, secret: 40 } as const;

export function tokenOfKind(kind: TokenKind, lookup: string, secret: string): string {
  return `${TOKEN_KINDS[kind]}_${lookup}_${secret}`;
}

/** What is found by this token; null for what is no token of this kind. */
export function lookupOfKind(kind: TokenKind, token: string): string | null {
  const [begin, lookup = '', secret = '', ...more] = token.split('_');
  const isToken = begin === TOKEN_KINDS[kind] && more.length === 0 && FORM.test(lookup + secret);
  return isToken && lookup.length === TOKEN_PARTS.lookup ? lookup : null;
}

const FORM = new RegExp(`^[0-9A-Za-z]{${TOKEN_PARTS.lookup + TOKEN_PARTS.secret}}$`);

/** What is kept of a token: SHA-256 in hex. It is random enough that nobody finds it by its hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function hasHash(token: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(hash));
}
