import { randomBytes, randomInt } from 'node:crypto';
import { FACTORS } from '../domain/limits.ts';
import { RECOVERY_LETTERS } from '../domain/second-factor.ts';
import { TOKEN_PARTS, type TokenKind, tokenOfKind } from '../domain/token.ts';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SMALL = '0123456789abcdefghijklmnopqrstuvwxyz';

/** The token of a new API key, unless another kind is named. */
export function drawToken(kind: TokenKind = 'apiKey'): string {
  return tokenOfKind(kind, drawLetters(TOKEN_PARTS.lookup), drawLetters(TOKEN_PARTS.secret));
}

function drawLetters(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** What a developer account of the room-card API signs with: as long as published tokens are, 155 bits. */
export function drawAuthToken(): string {
  return Array.from({ length: 30 }, () => SMALL[randomInt(SMALL.length)]).join('');
}

/** The name of a new developer account: 32 digits and letters. */
export function drawAccountSid(): string {
  return randomBytes(16).toString('hex');
}

/** A number for a property whose people chose none: ten digits, as published ones have. */
export function drawPropertyNumber(): string {
  return String(randomInt(1_000_000_000, 10_000_000_000));
}

/** A set of recovery codes, each of 80 bits in four groups that people can read out. */
export function drawRecoveryCodes(): string[] {
  const group = () => Array.from({ length: 4 }, () => RECOVERY_LETTERS[randomInt(RECOVERY_LETTERS.length)]).join('');
  return Array.from({ length: FACTORS.recoveryCodes }, () => Array.from({ length: 4 }, group).join('-'));
}
