import { randomInt } from 'node:crypto';
import { TOKEN_PARTS, tokenOf } from '../domain/api-key.ts';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The token of a new API key. */
export function drawToken(): string {
  return tokenOf(drawLetters(TOKEN_PARTS.lookup), drawLetters(TOKEN_PARTS.secret));
}

function drawLetters(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
