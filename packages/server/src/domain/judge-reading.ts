import {
  accessOf,
  BLANK,
  type CardContent,
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
import { wasIssued } from './card-life.ts';
import type { Cause } from './causes.ts';
import type { CardRecord } from './places.ts';

/** A property card key that was unsealed for one exchange with a card. */
export interface UnsealedCardKey {
  readonly version: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export type JudgedReading =
  | { readonly kind: 'blank' }
  | { readonly kind: 'genuine'; readonly image: CardImage }
  | { readonly kind: 'refused'; readonly cause: Cause };

/** The records' side of a card that was read. */
export interface KnownCard {
  /**
   * `damaged`: a write of this property left it half written. `unsettled`: a write may have, and no reading has told yet.
   * `whole`: neither, or the card was never written here.
   */
  readonly plastic: 'whole' | 'damaged' | 'unsettled';
  /** The record that an image was made for. */
  readonly recordOf: (image: CardImage) => Pick<CardRecord, 'serial' | 'status'> | undefined;
}

/**
 * Judges a card by its content and the records (docs/room-card-api.md, "Read a card"). Only a genuine card of this property
 * gives its content away.
 *
 * A card that this property left half written is damaged, whatever its bytes look like. Torn at the right byte, it reads as
 * a forgery, as another property's card, or as a whole card that no guest was given. New plastic counts as blank, although
 * an NTAG's maker leaves an empty message on it.
 */
export function judgeReading(
  reading: Reading,
  serial: Serial,
  propertyId: string,
  keys: readonly UnsealedCardKey[],
  { plastic, recordOf }: KnownCard,
): JudgedReading {
  if (reading === 'unreadable') return { kind: 'refused', cause: 'card-unreadable' };
  if (reading === BLANK) return { kind: 'blank' };
  const bytes = imageOf(reading);
  const decoded = decodeCardImage(bytes);
  const record = decoded.kind === 'image' ? recordOf(decoded.image) : undefined;
  const judged = judgeImage(reading, serial, propertyId, keys, record);
  if (plastic === 'whole') {
    const isNew = accessOf(reading) === 'factory' && decoded.kind !== 'image';
    return isNew ? { kind: 'blank' } : judged;
  }
  // A failed reading may have recorded a whole card as damaged: a genuine one whose record says so is believed.
  const isWhole = accessOf(reading) === 'keyed' && record?.serial === serial && wasIssued(record);
  const isGenuine = judged.kind === 'genuine' && (plastic === 'unsettled' || isWhole);
  return isGenuine ? judged : { kind: 'refused', cause: 'card-garbled' };
}

/** Judges an image by its MAC. @param record the record that the image was made for, to tell a copy from a change */
function judgeImage(
  content: CardContent,
  serial: Serial,
  propertyId: string,
  keys: readonly UnsealedCardKey[],
  record: Pick<CardRecord, 'serial' | 'status'> | undefined,
): JudgedReading {
  const bytes = imageOf(content);
  const decoded = decodeCardImage(bytes);
  if (decoded.kind === 'blank') return { kind: 'blank' };
  if (decoded.kind !== 'image') return { kind: 'refused', cause: 'card-garbled' };
  const { image } = decoded;
  if (image.propertyTag !== propertyTagOf(propertyId)) return { kind: 'refused', cause: 'foreign-card' };
  const key = keys.find((each) => each.version === image.keyVersion);
  if (key === undefined) return { kind: 'refused', cause: 'card-checksum' };
  const lockKey = deriveLockKey(key.key, key.version, image.lockNumber);
  if (verifyRoomMac(bytes, serial, lockKey)) return { kind: 'genuine', image };
  const original = record?.serial ?? null;
  const copied = original !== null && diagnoseChecksum(bytes, serial, original, lockKey) === 'copied';
  return { kind: 'refused', cause: copied ? 'card-copied' : 'card-checksum' };
}
