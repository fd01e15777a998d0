import { createHash, timingSafeEqual } from 'node:crypto';

/** What is stored of a pairing code, in hex. */
export function hashPairingCode(code: string): string {
  return createHash('sha256').update(`keyrack pairing ${code}`).digest('hex');
}

/** Whether this is the code that was hashed. Takes the same time for every wrong one. */
export function isPairingCode(code: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashPairingCode(code), 'hex'));
}
