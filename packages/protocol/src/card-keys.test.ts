import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardKeyOf, deriveCardKey, deriveLockKey, deriveSharedDoorKey, deriveTransportKey } from './card-keys.ts';
import { cardTagOf, propertyTagOf } from './card-tags.ts';
import type { Serial } from './identifiers.ts';
import { bytes } from './testing/card-image-arbitraries.ts';

// Computed independently, with HMAC of another language and OpenSSL's CMAC.
const vector = JSON.parse(
  readFileSync(new URL('../../../test/conformance/card-image-vectors.json', import.meta.url), 'utf8'),
);
const root = new Uint8Array(Buffer.from(vector.propertyCardKey, 'hex'));
const hex = (key: Uint8Array) => Buffer.from(key).toString('hex');

test('keys and tags have the values of the vectors', () => {
  expect(hex(deriveLockKey(root, vector.keyVersion, vector.lockNumber))).toBe(vector.lockKey);
  expect(hex(deriveSharedDoorKey(root, vector.keyVersion))).toBe(vector.sharedDoorKey);
  expect(hex(deriveTransportKey(root, vector.keyVersion))).toBe(vector.transportKey);
  expect(deriveCardKey(root, vector.keyVersion, vector.serial)).toBe(vector.cardKey);
  expect(propertyTagOf(vector.propertyId)).toBe(vector.propertyTag);
  expect(cardTagOf(vector.cardId)).toBe(vector.cardTag);
});

test('a lock derives the key of a card from the transport key', () => {
  const serial = '4567' as Serial;
  expect(cardKeyOf(deriveTransportKey(root, 1), serial)).toBe(deriveCardKey(root, 1, serial));
});

test('another property key, version, lock or chip has another key, and no two purposes share one', () => {
  const version = fc.integer({ min: 1, max: 255 });
  const lock = fc.integer({ min: 1, max: 0xffff_ffff });
  fc.assert(
    fc.property(fc.tuple(bytes(32), version, lock), fc.tuple(bytes(32), version, lock), (one, other) => {
      fc.pre(hex(one[0]) !== hex(other[0]) || one[1] !== other[1]);
      const keys = [one, other].flatMap(([property, keyVersion, lockNumber]) => [
        hex(deriveLockKey(property, keyVersion, lockNumber)),
        hex(deriveLockKey(property, keyVersion, lockNumber === 1 ? 2 : lockNumber - 1)),
        hex(deriveSharedDoorKey(property, keyVersion)),
        hex(deriveTransportKey(property, keyVersion)),
        deriveCardKey(property, keyVersion, '4567' as Serial),
        deriveCardKey(property, keyVersion, '456700' as Serial),
      ]);
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});

describe('what is outside its range is refused', () => {
  test.each([0, 31, 33])('a property card key of %i bytes', (length) => {
    expect(() => deriveSharedDoorKey(new Uint8Array(length), 1)).toThrow(/32 bytes/);
  });
  test.each([0, 256, 1.5, Number.NaN])('key version %d', (version) => {
    expect(() => deriveSharedDoorKey(root, version)).toThrow(/keyVersion/);
  });
  test.each([0, -1, 2 ** 32, 0.5])('lock number %d', (number) => {
    expect(() => deriveLockKey(root, 1, number)).toThrow(/lockNumber/);
  });
  test.each(['', '4', '45a7', '00'.repeat(17)])('serial %j', (serial) => {
    expect(() => deriveCardKey(root, 1, serial as Serial)).toThrow(/serial/);
  });
});
