import fc from 'fast-check';
import type { CardImage, CardImageKeys } from '../card-image.ts';
import type { Serial } from '../identifiers.ts';

/** Cards for property-based tests: whatever can be issued. */

const uint32 = (min: number) => fc.integer({ min, max: 0xffff_ffff });

export const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

const hexDigits = (digits: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits });

export const anySerial = fc
  .uint8Array({ minLength: 1, maxLength: 16 })
  .map((uid) => Buffer.from(uid).toString('hex').toUpperCase() as Serial);

export const anyImage: fc.Arbitrary<CardImage> = fc
  .record({
    cardType: fc.constant('guest' as const),
    normallyOpen: fc.boolean(),
    networked: fc.boolean(),
    lossReport: fc.boolean(),
    sharedDoors: fc.boolean(),
    keyVersion: fc.integer({ min: 1, max: 255 }),
    propertyTag: hexDigits(16),
    lockNumber: uint32(1),
    validity: fc.uniqueArray(uint32(0), { minLength: 2, maxLength: 2 }),
    sequence: uint32(1),
    cardTag: hexDigits(8),
  })
  .map(({ validity, ...image }) => ({
    ...image,
    validFrom: Math.min(...validity),
    validUntil: Math.max(...validity),
  }));

export const anyKeys: fc.Arbitrary<CardImageKeys> = fc.record({ lockKey: bytes(16), sharedDoorKey: bytes(16) });

/** A minute in which the card is valid. */
export function minuteWithin(image: CardImage): fc.Arbitrary<number> {
  return fc.integer({ min: image.validFrom, max: image.validUntil - 1 });
}

/** The bytes with one bit turned. */
export function withBitFlipped(original: Uint8Array, bit: number): Uint8Array {
  const changed = Uint8Array.from(original);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

/** The serial whose UID has one bit turned. */
export function serialWithBitFlipped(serial: Serial, bit: number): Serial {
  return Buffer.from(withBitFlipped(Buffer.from(serial, 'hex'), bit))
    .toString('hex')
    .toUpperCase() as Serial;
}
