import { createHash, timingSafeEqual } from 'node:crypto';

/** Characters of a code by which it is found; the rest proves that it is known. */
export const PAIRING_LOOKUP = 3;

/** What is stored of a pairing code, in hex. */
export function hashPairingCode(code: string): string {
  return createHash('sha256').update(`keyrack pairing ${code}`).digest('hex');
}

/** Whether this is the code that was hashed. Takes the same time for every wrong one. */
export function isPairingCode(code: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashPairingCode(code), 'hex'));
}
