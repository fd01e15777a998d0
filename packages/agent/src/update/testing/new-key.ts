import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { MinisignSecretKey } from '@keyrack/protocol/minisign.ts';

/** A pair of keys as `minisign -G -W` makes one. */
export function newKey(): MinisignSecretKey {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { id: randomBytes(8), seed: Buffer.from(d, 'base64url'), key: Buffer.from(x, 'base64url') };
}
