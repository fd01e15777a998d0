import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  checkSignature,
  type MinisignSecretKey,
  NotMinisign,
  newFileHash,
  publicKeyText,
  readPublicKey,
  readSecretKey,
  signHash,
} from './minisign.ts';

// Made by minisign 0.11 itself: minisign -G -W, and minisign -S of a file that holds "hello\n".
const PUBLIC =
  'untrusted comment: minisign public key A6CE1D2726B677E7\nRWTnd7YmJx3Opj7uY9KknroKejJGBLeJqQHVJXb6t2FSd61Z9ZaCfIlZ\n';
const SECRET =
  'untrusted comment: minisign encrypted secret key\nRWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA53e2JicdzqarB2Aj2l9ukh0ziljyX0i9Xw/A/QShMdMHGp1U86J3dT7uY9KknroKejJGBLeJqQHVJXb6t2FSd61Z9ZaCfIlZAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n';
const SIGNATURE = `untrusted comment: signature from minisign secret key
RUTnd7YmJx3OpuuaOjBzuBo5TNBv1brwypAPm8DPd7c4Kf6BvKUIkbmqx04ExvjJvfyStd1zfiXvnwvYOSjiQyuiiW555gsdmAk=
trusted comment: timestamp:1796064317	file:g	hashed
Lmvu3UXcdIAGuO0VhmV0j2yEOuSW6gVaVDP2dnbPDNKF+6vrcj+szAARjC1thWhEb4O3gUdluNzuPz1sSa/ABg==
`;

const hashOf = (text: string) => newFileHash().update(text).digest();

function newKey(): MinisignSecretKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { id: createHash('sha256').update(key).digest().subarray(0, 8), seed, key };
}

test('a signature that minisign made is good, for what it signs and by its key alone', () => {
  const key = readPublicKey(PUBLIC);
  expect(checkSignature(key, hashOf('hello\n'), SIGNATURE)).toContain('file:g');
  expect(checkSignature(key, hashOf('hello\n'), SIGNATURE.replaceAll('\n', '\r\n'))).toContain('file:g');
  expect(checkSignature(key, hashOf('hello'), SIGNATURE)).toBeNull();
  expect(checkSignature(newKey(), hashOf('hello\n'), SIGNATURE)).toBeNull();
});

test('a key that minisign made signs, and its public half is the same file', () => {
  const secret = readSecretKey(SECRET);
  expect(publicKeyText(secret)).toBe(PUBLIC);
  expect(checkSignature(readPublicKey(PUBLIC), hashOf('x'), signHash(secret, hashOf('x'), 'of x'))).toBe('of x');
});

describe('no signature is one that', () => {
  const secret = newKey();
  const good = signHash(secret, hashOf('x'), 'file of 1.2.3');
  test.each([
    ['has another trusted comment', good.replace('1.2.3', '9.9.9')],
    ['has no trusted comment', good.replace(/trusted comment: file.*\n/, '')],
    ['is cut', good.slice(0, -10)],
    ['says something more', `${good}more\n`],
    ['signs the file itself and not its hash', good.replace(/\nRU/, '\nRW')],
    ['is empty', ''],
    ['is no text of minisign', 'a\nb\nc\nd'],
  ])('%s', (_what, text) => {
    expect(checkSignature(secret, hashOf('x'), good)).toBe('file of 1.2.3');
    expect(checkSignature(secret, hashOf('x'), text)).toBeNull();
  });

  test('has a flipped bit anywhere in its signatures', () => {
    const lines = good.split('\n');
    for (const line of [1, 3]) {
      const bytes = Buffer.from(lines[line] as string, 'base64');
      for (let at = 0; at < bytes.length; at += 1) {
        const turned = Buffer.from(bytes);
        turned[at] = (turned[at] as number) ^ 1;
        const text = lines.with(line, turned.toString('base64')).join('\n');
        expect(checkSignature(secret, hashOf('x'), text), `line ${line}, byte ${at}`).toBeNull();
      }
    }
  });
});

test('what is no key says so, and a key with a password says what to make instead', () => {
  expect(() => readPublicKey('RWTnd7')).toThrow(NotMinisign);
  expect(() => readPublicKey(SECRET)).toThrow('Take the line that begins with RW.');
  expect(() => readSecretKey(PUBLIC)).toThrow('minisign -G -W');
  const locked = Buffer.from(SECRET.trim().split('\n')[1] as string, 'base64');
  locked.write('Sc', 2, 'latin1');
  expect(() => readSecretKey(locked.toString('base64'))).toThrow('A password protects this secret key');
});
