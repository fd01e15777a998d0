import { aesCmac } from './aes-cmac.ts';
import { CONTENT_BYTES } from './card-content.ts';
import type { LockKey, SharedDoorKey } from './card-keys.ts';
import { CARD_RANGES, type CardNumber, inCardRange } from './card-ranges.ts';
import { uidOf } from './chip-uid.ts';
import type { Serial } from './identifiers.ts';

/**
 * The card image, version 1: what Keyrack writes to a card for a lock to check. 48 bytes, numbers big-endian.
 *
 *      0      version, 1
 *      1      card type: 1 is a guest's card of one room. The others are free; a lock refuses what it doesn't know
 *      2      flags: bit 0 normally open, 1 networked, 2 loss-report, 3 shared doors too; the others are zero
 *      3      key version, from 1
 *      4..11  property tag, see card-tags.ts
 *     12..15  lock number, from 1
 *     16..19  valid from, Unix minutes
 *     20..23  valid until, Unix minutes; the first minute that it doesn't open in
 *     24..27  sequence of the room's guests, from 1
 *     28..31  card record tag, see card-tags.ts
 *     32..39  room MAC
 *     40..47  shared MAC; zeros without flag 3
 *
 * A MAC is the first 8 bytes of AES-128-CMAC. Message: UID length (1 byte) ‖ UID ‖ bytes 0..31, called the body:
 *
 *     without flag 3   room MAC = MAC(lock key, body)
 *     with flag 3      S = MAC(shared-door key, body)
 *                      room MAC = MAC(lock key, body ‖ S)      shared MAC = S xor room MAC
 *
 * With flag 3 each lock undoes the xor to find S. So each kind of lock notices a changed bit in any of the 48 bytes,
 * though neither knows the other's key (docs/decisions/0003-card-image.md).
 */
export interface CardImage {
  readonly cardType: 'guest';
  /** Using the card turns the lock's staying open on and off. */
  readonly normallyOpen: boolean;
  /** For networked locks to know their cards; opens nothing by itself. */
  readonly networked: boolean;
  /** Issued since an earlier card of the room was lost: locks say so when they refuse the earlier ones. */
  readonly lossReport: boolean;
  /** Opens the property's shared doors too. */
  readonly sharedDoors: boolean;
  /** 1 to 255. */
  readonly keyVersion: number;
  /** 16 lower-case hex digits: see `propertyTagOf`. */
  readonly propertyTag: string;
  /** 1 to 4294967295. */
  readonly lockNumber: number;
  /** Unix minutes, 0 to 4294967295. */
  readonly validFrom: number;
  /** Unix minutes, later than `validFrom`; the card opens before this minute and not in it. */
  readonly validUntil: number;
  /** 1 to 4294967295: see docs/cards.md, "The card record". */
  readonly sequence: number;
  /** 8 lower-case hex digits: see `cardTagOf`. */
  readonly cardTag: string;
}

/** What a MAC is made and checked with. */
export interface CardImageKeys {
  readonly lockKey: LockKey;
  /** Used with `sharedDoors` alone. */
  readonly sharedDoorKey: SharedDoorKey;
}

/** What 48 bytes are. `image` says that they are well-formed, and nothing about who made them: check a MAC. */
export type DecodedCardImage =
  | { readonly kind: 'blank' }
  | { readonly kind: 'image'; readonly image: CardImage }
  | { readonly kind: 'not-an-image'; readonly cause: NotAnImage };

export type NotAnImage =
  | 'wrong-length'
  | 'unknown-version'
  | 'unknown-card-type'
  | 'unknown-flags'
  /** A key version, lock number or sequence of zero. */
  | 'number-out-of-range'
  /** Valid until isn't later than valid from. */
  | 'no-validity';

const VERSION = 1;
const GUEST = 1;
const NORMALLY_OPEN = 1;
const NETWORKED = 2;
const LOSS_REPORT = 4;
const SHARED_DOORS = 8;
const UNKNOWN_FLAGS = 0xf0;

const NUMBERS = Object.keys(CARD_RANGES) as CardNumber[];

const BODY_BYTES = 32;
const MAC_BYTES = 8;

/** Builds the image for the chip with this UID. Throws a RangeError that names the field outside its range. */
export function encodeCardImage(image: CardImage, keys: CardImageKeys, serial: Serial): Uint8Array {
  if (inCardRange('validUntil', image.validUntil) <= inCardRange('validFrom', image.validFrom)) {
    throw new RangeError(`validUntil is later than validFrom; ${image.validUntil} isn't later than ${image.validFrom}`);
  }
  const bytes = new Uint8Array(CONTENT_BYTES);
  const view = new DataView(bytes.buffer);
  bytes[0] = VERSION;
  bytes[1] = GUEST;
  bytes[2] =
    (image.normallyOpen ? NORMALLY_OPEN : 0) |
    (image.networked ? NETWORKED : 0) |
    (image.lossReport ? LOSS_REPORT : 0) |
    (image.sharedDoors ? SHARED_DOORS : 0);
  bytes[3] = inCardRange('keyVersion', image.keyVersion);
  bytes.set(bytesOfTag('propertyTag', image.propertyTag, 8), 4);
  view.setUint32(12, inCardRange('lockNumber', image.lockNumber));
  view.setUint32(16, image.validFrom);
  view.setUint32(20, image.validUntil);
  view.setUint32(24, inCardRange('sequence', image.sequence));
  bytes.set(bytesOfTag('cardTag', image.cardTag, 4), 28);

  const body = macBody(bytes, serial);
  if (image.sharedDoors) {
    const shared = mac(keys.sharedDoorKey, body);
    const room = mac(keys.lockKey, Uint8Array.of(...body, ...shared));
    bytes.set(room, 32);
    bytes.set(xor(shared, room), 40);
  } else {
    bytes.set(mac(keys.lockKey, body), 32);
  }
  return bytes;
}

/** Tells what bytes of a card are. Takes any bytes and never throws; doesn't look at the MACs. */
export function decodeCardImage(bytes: Uint8Array): DecodedCardImage {
  if (bytes.length !== CONTENT_BYTES) return { kind: 'not-an-image', cause: 'wrong-length' };
  if (bytes.every((byte) => byte === 0)) return { kind: 'blank' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(2);
  const image: CardImage = {
    cardType: 'guest',
    normallyOpen: (flags & NORMALLY_OPEN) !== 0,
    networked: (flags & NETWORKED) !== 0,
    lossReport: (flags & LOSS_REPORT) !== 0,
    sharedDoors: (flags & SHARED_DOORS) !== 0,
    keyVersion: view.getUint8(3),
    propertyTag: hex(bytes.subarray(4, 12)),
    lockNumber: view.getUint32(12),
    validFrom: view.getUint32(16),
    validUntil: view.getUint32(20),
    sequence: view.getUint32(24),
    cardTag: hex(bytes.subarray(28, 32)),
  };
  if (view.getUint8(0) !== VERSION) return { kind: 'not-an-image', cause: 'unknown-version' };
  if (view.getUint8(1) !== GUEST) return { kind: 'not-an-image', cause: 'unknown-card-type' };
  if ((flags & UNKNOWN_FLAGS) !== 0) return { kind: 'not-an-image', cause: 'unknown-flags' };
  if (NUMBERS.some((name) => image[name] < CARD_RANGES[name][0])) {
    return { kind: 'not-an-image', cause: 'number-out-of-range' };
  }
  if (image.validUntil <= image.validFrom) return { kind: 'not-an-image', cause: 'no-validity' };
  return { kind: 'image', image };
}

/**
 * What a room's lock checks: whether these 48 bytes, all of them, were made with its key for the chip with this UID.
 * Throws a RangeError when the bytes aren't 48 or the key isn't 16.
 */
export function verifyRoomMac(bytes: Uint8Array, serial: Serial, lockKey: LockKey): boolean {
  const body = macBody(bytes, serial);
  const room = bytes.subarray(32, 40);
  const second = bytes.subarray(40, 48);
  if (!hasSharedDoors(bytes)) {
    return equal(mac(lockKey, body), room) && second.every((byte) => byte === 0);
  }
  return equal(mac(lockKey, Uint8Array.of(...body, ...xor(second, room))), room);
}

/**
 * What a shared door's lock checks: whether the body was made with its key for the chip with this UID, and both MACs
 * are as they were written. False without flag 3. Throws a RangeError when the bytes aren't 48 or the key isn't 16.
 *
 * It can't notice when the same bits change in both MACs: nothing that it goes by has changed then.
 */
export function verifySharedMac(bytes: Uint8Array, serial: Serial, sharedDoorKey: SharedDoorKey): boolean {
  const shared = mac(sharedDoorKey, macBody(bytes, serial));
  return hasSharedDoors(bytes) && equal(shared, xor(bytes.subarray(40, 48), bytes.subarray(32, 40)));
}

function hasSharedDoors(bytes: Uint8Array): boolean {
  return ((bytes[2] ?? 0) & SHARED_DOORS) !== 0;
}

/** The UID's length goes first, so that no other pair of UID and image runs together to the same message. */
function macBody(bytes: Uint8Array, serial: Serial): Uint8Array {
  if (bytes.length !== CONTENT_BYTES)
    throw new RangeError(`a card image has ${CONTENT_BYTES} bytes, not ${bytes.length}`);
  const uid = uidOf(serial);
  return Uint8Array.of(uid.length, ...uid, ...bytes.subarray(0, BODY_BYTES));
}

function mac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return aesCmac(key, message).slice(0, MAC_BYTES);
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, at) => byte ^ (b[at] ?? 0));
}

/** Looks at every byte, whatever it finds: how long it takes tells a forger nothing. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  return xor(a, b).reduce((differences, byte) => differences | byte, 0) === 0;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

function bytesOfTag(name: 'propertyTag' | 'cardTag', tag: string, length: number): Uint8Array {
  if (tag.length !== 2 * length || !/^[0-9a-f]*$/.test(tag)) {
    throw new RangeError(`${name} is ${2 * length} lower-case hex digits`);
  }
  return Buffer.from(tag, 'hex');
}
