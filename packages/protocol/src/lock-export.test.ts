import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LockExport, openLockExport, programmerKey, programmerKeyOf, sealLockExport } from './lock-export.ts';

const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });
const key = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const keys = fc.array(fc.record({ version: fc.integer({ min: 1, max: 255 }), key, transportKey: key }), {
  minLength: 1,
  maxLength: 2,
});
const tag = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const number = fc.integer({ min: 1, max: 0xffffffff });
const lock: fc.Arbitrary<LockExport> = fc.oneof(
  fc.record({ kind: fc.constant('room' as const), propertyTag: tag, lockNumber: number, sequence: number, keys }),
  fc.record({ kind: fc.constant('shared' as const), propertyTag: tag, keys }),
);

describe("a lock's export", () => {
  test('is opened with the secret that it was sealed for', () => {
    fc.assert(
      fc.property(lock, secret, secret, (given, programmer, ephemeral) => {
        const sealed = sealLockExport(given, programmerKeyOf(programmer), ephemeral);
        expect(openLockExport(sealed, programmer)).toEqual(given);
      }),
    );
  });

  test('is opened with no other secret, nor after a bit of it was changed, and gives no key away', () => {
    fc.assert(
      fc.property(lock, secret, secret, fc.nat(), fc.nat(7), (given, programmer, ephemeral, at, bit) => {
        const sealed = sealLockExport(given, programmerKeyOf(programmer), ephemeral);
        expect(openLockExport(sealed, randomBytes(32))).toBe(null);
        const bytes = Buffer.from(sealed, 'base64url');
        for (const { key: plain } of given.keys) expect(bytes.toString('latin1')).not.toContain(plain);
        const place = at % bytes.length;
        // X25519 disregards the topmost bit of a public key, and the seal covers the key as it was sent.
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        expect(openLockExport(bytes.toString('base64url'), programmer)).toBe(null);
      }),
    );
  });

  test('is nothing when it is no export at all', () => {
    fc.assert(fc.property(fc.string(), secret, (text, programmer) => openLockExport(text, programmer) === null));
  });
});

describe("a programmer's key", () => {
  test('is the public half of any secret', () => {
    fc.assert(fc.property(secret, (given) => programmerKey.safeParse(programmerKeyOf(given)).success));
  });

  // Points of small order (RFC 7748, 6.1).
  test.each(['00', '01', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b8', 'ecffff', 'edffff'])(
    'is not %s…, with which nothing can be sealed',
    (start) => {
      const rest = start.endsWith('ffff') ? `${'ff'.repeat(28)}7f` : '';
      const bytes = Buffer.from((start + rest).padEnd(64, '0'), 'hex');
      expect(programmerKey.safeParse(bytes.toString('base64url')).success).toBe(false);
    },
  );

  test.each(['', 'A'.repeat(42), 'A'.repeat(44), '\0'])('is not %j', (text) => {
    expect(programmerKey.safeParse(text).success).toBe(false);
  });
});
