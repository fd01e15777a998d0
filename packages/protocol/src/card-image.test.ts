import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aesCmac } from './aes-cmac.ts';
import { diagnoseChecksum } from './card-diagnosis.ts';
import { type CardImage, decodeCardImage, encodeCardImage, verifyRoomMac, verifySharedMac } from './card-image.ts';
import type { Serial } from './identifiers.ts';
import {
  anyImage,
  anyKeys,
  anySerial,
  bytes,
  serialWithBitFlipped,
  withBitFlipped,
} from './testing/card-image-arbitraries.ts';

// Computed independently, with HMAC of another language and OpenSSL's CMAC.
const vectors = JSON.parse(
  readFileSync(new URL('../../../test/conformance/card-image-vectors.json', import.meta.url), 'utf8'),
);
const fromHex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

const guest: CardImage = {
  cardType: 'guest',
  normallyOpen: false,
  networked: false,
  lossReport: false,
  sharedDoors: true,
  keyVersion: vectors.keyVersion,
  propertyTag: vectors.propertyTag,
  lockNumber: vectors.lockNumber,
  validFrom: vectors.validFrom,
  validUntil: vectors.validUntil,
  sequence: vectors.sequence,
  cardTag: vectors.cardTag,
};
const keys = { lockKey: fromHex(vectors.lockKey), sharedDoorKey: fromHex(vectors.sharedDoorKey) };
const serial = vectors.serial as Serial;

test.each(vectors.images as { name: string; flags: Partial<CardImage>; image: string }[])(
  'the image of the vector "$name" has its bytes',
  ({ flags, image }) => {
    expect(Buffer.from(encodeCardImage({ ...guest, ...flags }, keys, serial)).toString('hex')).toBe(image);
    expect(decodeCardImage(fromHex(image))).toEqual({ kind: 'image', image: { ...guest, ...flags } });
  },
);

test('an encoded image decodes to what it was, and its MACs are right', () => {
  fc.assert(
    fc.property(anyImage, anyKeys, anySerial, (image, keys, serial) => {
      const encoded = encodeCardImage(image, keys, serial);
      expect(encoded).toHaveLength(48);
      expect(decodeCardImage(encoded)).toEqual({ kind: 'image', image });
      expect(verifyRoomMac(encoded, serial, keys.lockKey)).toBe(true);
      expect(verifySharedMac(encoded, serial, keys.sharedDoorKey)).toBe(image.sharedDoors);
      if (!image.sharedDoors) expect(encoded.subarray(40)).toEqual(new Uint8Array(8));
    }),
  );
});

test('an image decodes from the middle of a larger buffer', () => {
  const encoded = encodeCardImage(guest, keys, serial);
  const buffer = Uint8Array.of(1, 2, 3, ...encoded, 4);
  expect(decodeCardImage(buffer.subarray(3, 51))).toEqual({ kind: 'image', image: guest });
  expect(verifyRoomMac(buffer.subarray(3, 51), serial, keys.lockKey)).toBe(true);
});

test('any change of a bit, in the image or the UID, makes both MACs wrong', () => {
  fc.assert(
    fc.property(anyImage, anyKeys, anySerial, (image, keys, serial) => {
      const encoded = encodeCardImage(image, keys, serial);
      for (let bit = 0; bit < 8 * 48; bit += 1) {
        const changed = withBitFlipped(encoded, bit);
        expect(verifyRoomMac(changed, serial, keys.lockKey)).toBe(false);
        expect(verifySharedMac(changed, serial, keys.sharedDoorKey)).toBe(false);
      }
      for (let bit = 0; bit < 4 * serial.length; bit += 1) {
        const other = serialWithBitFlipped(serial, bit);
        expect(verifyRoomMac(encoded, other, keys.lockKey)).toBe(false);
        expect(verifySharedMac(encoded, other, keys.sharedDoorKey)).toBe(false);
      }
    }),
    { numRuns: 10 },
  );
});

test('a longer or shorter UID, or another key, makes both MACs wrong', () => {
  fc.assert(
    fc.property(anyImage, anyKeys, anyKeys, anySerial, anySerial, (image, keys, others, serial, other) => {
      fc.pre(serial !== other);
      const encoded = encodeCardImage(image, keys, serial);
      expect(verifyRoomMac(encoded, other, keys.lockKey)).toBe(false);
      expect(verifySharedMac(encoded, other, keys.sharedDoorKey)).toBe(false);
      fc.pre(!Buffer.from(keys.lockKey).equals(others.lockKey));
      expect(verifyRoomMac(encoded, serial, others.lockKey)).toBe(false);
    }),
  );
});

test('who holds the key of one door cannot make the MAC of the other', () => {
  fc.assert(
    fc.property(anyImage, anyKeys, anyKeys, anySerial, (image, keys, thief, serial) => {
      fc.pre(!Buffer.from(keys.lockKey).equals(thief.lockKey));
      fc.pre(!Buffer.from(keys.sharedDoorKey).equals(thief.sharedDoorKey));
      const shared = { ...image, sharedDoors: true };
      const byRoom = encodeCardImage(shared, { ...thief, lockKey: keys.lockKey }, serial);
      expect(verifySharedMac(byRoom, serial, keys.sharedDoorKey)).toBe(false);
      const byShared = encodeCardImage(shared, { ...thief, sharedDoorKey: keys.sharedDoorKey }, serial);
      expect(verifyRoomMac(byShared, serial, keys.lockKey)).toBe(false);
    }),
  );
});

test('without the flag no shared MAC is right, not even one made with the right key', () => {
  const forged = encodeCardImage({ ...guest, sharedDoors: false }, keys, serial);
  const message = Uint8Array.of(serial.length / 2, ...fromHex(serial), ...forged.subarray(0, 32));
  forged.set(
    aesCmac(keys.sharedDoorKey, message)
      .slice(0, 8)
      .map((byte, at) => byte ^ (forged[32 + at] as number)),
    40,
  );
  expect(verifySharedMac(forged, serial, keys.sharedDoorKey)).toBe(false);
});

describe('decoding', () => {
  const encoded = encodeCardImage(guest, keys, serial);
  const changed = (at: number, ...values: number[]) =>
    encoded.map((byte, index) => (index >= at && index < at + values.length ? (values[index - at] as number) : byte));

  test('takes any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(bytes(48), fc.uint8Array({ maxLength: 64 })), (any) => {
        expect(['blank', 'image', 'not-an-image']).toContain(decodeCardImage(any).kind);
      }),
    );
  });

  test('calls zeros blank', () => expect(decodeCardImage(new Uint8Array(48))).toEqual({ kind: 'blank' }));

  test.each([
    ['wrong-length', new Uint8Array(47)],
    ['unknown-version', changed(0, 2)],
    ['unknown-version', new Uint8Array(48).fill(0xff)],
    ['unknown-card-type', changed(1, 2)],
    ['unknown-flags', changed(2, 0x10)],
    ['number-out-of-range', changed(3, 0)],
    ['number-out-of-range', changed(12, 0, 0, 0, 0)],
    ['number-out-of-range', changed(24, 0, 0, 0, 0)],
    ['no-validity', changed(20, ...encoded.subarray(16, 20))],
  ])('says %s', (cause, image) => expect(decodeCardImage(image)).toEqual({ kind: 'not-an-image', cause }));
});

describe('encoding refuses, by name,', () => {
  test.each<[string, Partial<CardImage>]>([
    ['keyVersion', { keyVersion: 0 }],
    ['keyVersion', { keyVersion: 256 }],
    ['propertyTag', { propertyTag: 'ABCDEF0123456789' }],
    ['propertyTag', { propertyTag: '00' }],
    ['cardTag', { cardTag: '0011223344' }],
    ['lockNumber', { lockNumber: 0 }],
    ['lockNumber', { lockNumber: 2 ** 32 }],
    ['sequence', { sequence: 0 }],
    ['sequence', { sequence: 1.5 }],
    ['validFrom', { validFrom: -1 }],
    ['validUntil', { validUntil: 2 ** 32 }],
    ['validUntil', { validUntil: Number.NaN }],
    ['validUntil is later', { validUntil: guest.validFrom }],
  ])('%s in %j', (name, field) => {
    const encode = () => encodeCardImage({ ...guest, ...field }, keys, serial);
    expect(encode).toThrow(RangeError);
    expect(encode).toThrow(name);
  });
});

test('a copied image is told from a changed one by who knows the chip that it was made for', () => {
  const encoded = encodeCardImage(guest, keys, serial);
  const clone = '04A1B2C3D4E5F7' as Serial;
  expect(diagnoseChecksum(encoded, serial, serial, keys.lockKey)).toBe('right');
  expect(diagnoseChecksum(encoded, clone, serial, keys.lockKey)).toBe('copied');
  expect(diagnoseChecksum(withBitFlipped(encoded, 200), serial, serial, keys.lockKey)).toBe('changed');
  expect(diagnoseChecksum(withBitFlipped(encoded, 200), clone, serial, keys.lockKey)).toBe('changed');
});
