import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';

/**
 * What whoever programs a lock is given, and how it travels: sealed for that one person, so that neither the operator who
 * hands it over nor who finds the file learns a key of the property.
 *
 *     sealed = base64url( ephemeral public key (32) ‖ ciphertext ‖ tag (16) )
 *     key    = HKDF-SHA-256( X25519(ephemeral, programmer's), salt: both public keys, info: "keyrack/1/lock-export" )
 *
 * The ciphertext is AES-256-GCM over the JSON in UTF-8, with a nonce of zeros, since each key seals one text alone.
 */

const keyHex = z.string().regex(/^[0-9a-f]{32}$/);

/** Newest first; a lock accepts two at most, the current and the previous version. */
const keys = z
  .array(
    z.strictObject({
      /** As cards name it. */
      version: z.int().min(1).max(255),
      /** Checks cards: the room's lock key, or the shared doors'. 16 bytes in hex. */
      key: keyHex,
      /** Reads cards whose chips are locked: see card-keys.ts. 16 bytes in hex. */
      transportKey: keyHex,
    }),
  )
  .min(1)
  .max(2);

export const lockExport = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('room'),
    propertyTag: z.string().regex(/^[0-9a-f]{16}$/),
    lockNumber: z.int().min(1).max(0xffffffff),
    /** Highest sequence of the room's cards so far; the lock refuses lower ones. 0 before the first card. */
    sequence: z.int().min(0).max(0xffffffff),
    keys,
  }),
  z.strictObject({ kind: z.literal('shared'), propertyTag: z.string().regex(/^[0-9a-f]{16}$/), keys }),
]);
export type LockExport = z.infer<typeof lockExport>;

/** X25519 public key of whoever programs locks: 32 bytes as base64url. A few of them are none: with these nothing is agreed. */
export const programmerKey = z
  .string()
  .regex(/^[0-9A-Za-z_-]{43}$/)
  .refine(isPublicKey)
  .brand<'ProgrammerKey'>();
export type ProgrammerKey = z.infer<typeof programmerKey>;

const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex');
const PUBLIC_BYTES = 32;
const TAG_BYTES = 16;

/** The public half of a secret of 32 random bytes. */
export function programmerKeyOf(secret: Uint8Array): ProgrammerKey {
  return Buffer.from(publicBytes(privateKeyOf(secret))).toString('base64url') as ProgrammerKey;
}

/** Seals a lock's export for one person. `ephemeral`: 32 random bytes, fresh for each. Throws for a key that is none. */
export function sealLockExport(lock: LockExport, recipient: ProgrammerKey, ephemeral: Uint8Array): string {
  const own = privateKeyOf(ephemeral);
  const theirs = Buffer.from(recipient, 'base64url');
  const key = sharedKey(own, theirs, publicBytes(own), theirs);
  const cipher = createCipheriv('aes-256-gcm', key, new Uint8Array(12));
  const sealed = [publicBytes(own), cipher.update(JSON.stringify(lock), 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString('base64url');
}

/** Opens an export with the secret that it was sealed for; null for another secret, or a text that was changed. */
export function openLockExport(sealed: string, secret: Uint8Array): LockExport | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= PUBLIC_BYTES + TAG_BYTES) return null;
  const own = privateKeyOf(secret);
  const theirs = bytes.subarray(0, PUBLIC_BYTES);
  try {
    const key = sharedKey(own, theirs, theirs, publicBytes(own));
    const decipher = createDecipheriv('aes-256-gcm', key, new Uint8Array(12));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(PUBLIC_BYTES, -TAG_BYTES)), decipher.final()]);
    return lockExport.parse(JSON.parse(text.toString('utf8')));
  } catch {
    // Whichever step it was, the text isn't one that was sealed for this secret.
    return null;
  }
}

function sharedKey(own: KeyObject, theirs: Uint8Array, ephemeral: Uint8Array, recipient: Uint8Array): Uint8Array {
  const secret = diffieHellman({ privateKey: own, publicKey: publicKeyOf(theirs) });
  const salt = Buffer.concat([ephemeral, recipient]);
  return new Uint8Array(hkdfSync('sha256', secret, salt, 'keyrack/1/lock-export', 32));
}

/** Points of small order agree on the same with everybody, and OpenSSL refuses them (RFC 7748, 6.1). */
function isPublicKey(text: string): boolean {
  try {
    const publicKey = publicKeyOf(Buffer.from(text, 'base64url'));
    diffieHellman({ privateKey: privateKeyOf(new Uint8Array(32).fill(1)), publicKey });
    return true;
  } catch {
    return false;
  }
}

function publicKeyOf(bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_X25519, bytes]), format: 'der', type: 'spki' });
}

function privateKeyOf(secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_X25519, secret]), format: 'der', type: 'pkcs8' });
}

function publicBytes(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI_X25519.length);
}
