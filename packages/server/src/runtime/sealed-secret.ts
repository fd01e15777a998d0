import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A key that secrets at rest are sealed with. The newest seals; older ones still open, until all is sealed anew. */
export interface MasterKey {
  /** 1, 2, 3 … */
  readonly version: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export interface Sealer {
  /** Seals bytes for storage. `purpose` names what it is; the same is needed to open it. */
  seal(secret: Uint8Array, purpose: string): string;
  /** Throws when it wasn't sealed by one of these master keys for this purpose. */
  open(sealed: string, purpose: string): Uint8Array;
}

/** AES-256-GCM with a random nonce; `VERSION.NONCE.TAG.CIPHERTEXT`, the last three in base64url. */
export function createSealer(keys: readonly MasterKey[]): Sealer {
  const newest = keys.reduce((a, b) => (b.version > a.version ? b : a));
  return {
    seal(secret, purpose) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', newest.key, nonce).setAAD(Buffer.from(purpose));
      const text = Buffer.concat([cipher.update(secret), cipher.final()]);
      return [
        String(newest.version),
        ...[nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url')),
      ].join('.');
    },
    open(sealed, purpose) {
      const [version, nonce, tag, text] = sealed.split('.');
      const master = keys.find((each) => String(each.version) === version);
      if (master === undefined || nonce === undefined || tag === undefined || text === undefined) {
        throw new Error(`a secret at rest needs master key version ${version}; give the server that key too`);
      }
      const decipher = createDecipheriv('aes-256-gcm', master.key, Buffer.from(nonce, 'base64url'), {
        authTagLength: 16,
      })
        .setAAD(Buffer.from(purpose))
        .setAuthTag(Buffer.from(tag, 'base64url'));
      return new Uint8Array(Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]));
    },
  };
}

/** `known`: see `sealKnown`. */
export const PURPOSE = {
  accountToken: 'account token',
  propertyCardKey: 'property card key',
  known: 'known value',
  repeatedSecret: 'repeated secret',
  webhookSecret: 'webhook secret',
  authenticatorSecret: 'authenticator secret',
} as const;
