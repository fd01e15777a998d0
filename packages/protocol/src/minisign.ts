import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

// Signatures of files as minisign makes and reads them: https://jedisct1.github.io/minisign/, "Format". A file is hashed by
// BLAKE2b-512 and the hash is signed by Ed25519; the trusted comment is signed together with that signature.

/** What isn't a key or a signature of minisign, or one of another kind. The message says what to do. */
export class NotMinisign extends Error {
  override readonly name = 'NotMinisign';
}

export interface MinisignPublicKey {
  /** 8 bytes that tell keys apart. */
  readonly id: Buffer;
  /** Ed25519, 32 bytes. */
  readonly key: Buffer;
}

export interface MinisignSecretKey extends MinisignPublicKey {
  /** Ed25519's seed, 32 bytes. */
  readonly seed: Buffer;
}

/** Of a secret key that no password protects: `minisign -G -W` makes one. */
const NO_PASSWORD = Buffer.from([0, 0]);
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Reads a public key: the line that `minisign -G` prints, or the file with its comment. */
export function readPublicKey(text: string): MinisignPublicKey {
  const bytes = Buffer.from(lastLine(text), 'base64');
  if (bytes.length !== 42 || bytes.toString('latin1', 0, 2) !== 'Ed')
    throw new NotMinisign('This is no public key of minisign. Take the line that begins with RW.');
  return { id: bytes.subarray(2, 10), key: bytes.subarray(10) };
}

/** Reads a secret key that no password protects. */
export function readSecretKey(text: string): MinisignSecretKey {
  const bytes = Buffer.from(lastLine(text), 'base64');
  if (bytes.length !== 158 || bytes.toString('latin1', 0, 2) !== 'Ed')
    throw new NotMinisign('This is no secret key of minisign. Make one with "minisign -G -W".');
  if (!bytes.subarray(2, 4).equals(NO_PASSWORD))
    throw new NotMinisign(
      'A password protects this secret key, and nobody is there to type it. Make one with "minisign -G -W".',
    );
  return { id: bytes.subarray(54, 62), seed: bytes.subarray(62, 94), key: bytes.subarray(94, 126) };
}

/** The text of a public key's file, as `minisign -G` writes it and `-p` takes it. */
export function publicKeyText({ id, key }: MinisignPublicKey): string {
  const name = Buffer.from(id).reverse().toString('hex').toUpperCase();
  const line = Buffer.concat([Buffer.from('Ed'), id, key]).toString('base64');
  return `untrusted comment: minisign public key ${name}\n${line}\n`;
}

/** The text of a `.minisig` file for a file of this BLAKE2b-512 hash. */
export function signHash(secret: MinisignSecretKey, hash: Buffer, trustedComment: string): string {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, secret.seed]), format: 'der', type: 'pkcs8' });
  const signature = sign(null, hash, key);
  const whole = sign(null, Buffer.concat([signature, Buffer.from(trustedComment)]), key);
  const first = Buffer.concat([Buffer.from('ED'), secret.id, signature]).toString('base64');
  return `untrusted comment: signature of Keyrack\n${first}\ntrusted comment: ${trustedComment}\n${whole.toString('base64')}\n`;
}

/**
 * Checks a `.minisig` file against the BLAKE2b-512 hash of what it signs. Returns the trusted comment, or null where it
 * wasn't signed by this key or isn't a signature at all.
 */
export function checkSignature({ id, key }: MinisignPublicKey, hash: Buffer, text: string): string | null {
  const [, first, comment, last, ...more] = text.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const TRUSTED = 'trusted comment: ';
  if (first === undefined || last === undefined || more.length > 0 || !comment?.startsWith(TRUSTED)) return null;
  const bytes = Buffer.from(first, 'base64');
  const whole = Buffer.from(last, 'base64');
  // "Ed" would be a signature of the file itself, which whoever checks would have to hold in memory.
  if (bytes.length !== 74 || whole.length !== 64 || bytes.toString('latin1', 0, 2) !== 'ED') return null;
  if (!bytes.subarray(2, 10).equals(id)) return null;
  const signature = bytes.subarray(10);
  const trusted = comment.slice(TRUSTED.length);
  const signer = createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' });
  if (!verify(null, hash, signer, signature)) return null;
  if (!verify(null, Buffer.concat([signature, Buffer.from(trusted)]), signer, whole)) return null;
  return trusted;
}

/** The hash that minisign signs. */
export const newFileHash = () => createHash('blake2b512');

const lastLine = (text: string) => text.trim().split(/\r?\n/).pop() ?? '';
