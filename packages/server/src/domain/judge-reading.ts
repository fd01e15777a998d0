import {
  type CardImage,
  decodeCardImage,
  deriveLockKey,
  diagnoseChecksum,
  imageOf,
  propertyTagOf,
  type Reading,
  type Serial,
  verifyRoomMac,
} from '@keyrack/protocol';
import type { Cause } from './causes.ts';

/** A property card key, open: for the moment of one transaction. */
export interface OpenCardKey {
  readonly version: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export type JudgedReading =
  | { readonly kind: 'blank' }
  | { readonly kind: 'genuine'; readonly image: CardImage }
  | { readonly kind: 'unfit'; readonly cause: Cause };

/**
 * What a card that was read is (contract, readCard). Only a genuine card of this property gives its content away.
 *
 * @param madeFor the serial that the card's record names, if there is one, to tell a copy from a change
 */
export function judgeReading(
  reading: Reading,
  serial: Serial,
  propertyId: string,
  keys: readonly OpenCardKey[],
  madeFor: (image: CardImage) => Serial | null,
): JudgedReading {
  if (reading === 'unreadable') return { kind: 'unfit', cause: 'card-unreadable' };
  const bytes = imageOf(reading);
  const decoded = decodeCardImage(bytes);
  if (decoded.kind === 'blank') return { kind: 'blank' };
  if (decoded.kind !== 'image') return { kind: 'unfit', cause: 'card-garbled' };
  const { image } = decoded;
  if (image.propertyTag !== propertyTagOf(propertyId)) return { kind: 'unfit', cause: 'foreign-card' };
  const key = keys.find((each) => each.version === image.keyVersion);
  if (key === undefined) return { kind: 'unfit', cause: 'card-checksum' };
  const lockKey = deriveLockKey(key.key, key.version, image.lockNumber);
  if (verifyRoomMac(bytes, serial, lockKey)) return { kind: 'genuine', image };
  const original = madeFor(image);
  const copied = original !== null && diagnoseChecksum(bytes, serial, original, lockKey) === 'copied';
  return { kind: 'unfit', cause: copied ? 'card-copied' : 'card-checksum' };
}
