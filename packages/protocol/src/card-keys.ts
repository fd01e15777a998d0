import { hkdfSync } from 'node:crypto';
import { aesCmac } from './aes-cmac.ts';
import { inCardRange } from './card-ranges.ts';
import type { CardKey } from './chip.ts';
import { uidOf } from './chip-uid.ts';
import type { Serial } from './identifiers.ts';
import { createShortMemory } from './short-memory.ts';

/**
 * How every key of a property's cards follows from its one secret, the property card key of 32 random bytes:
 * HKDF-SHA-256 (RFC 5869) with an empty salt, 16 bytes long, and the info below. `‖` joins bytes; text is ASCII.
 *
 *     lock key         "keyrack/1/lock-key"        ‖ 00 ‖ key version ‖ lock number (4 bytes, big-endian)
 *     shared-door key  "keyrack/1/shared-door-key" ‖ 00 ‖ key version
 *     transport key    "keyrack/1/transport-key"   ‖ 00 ‖ key version
 *
 * and the key of one card, with which its chip guards the image:
 *
 *     card key         AES-128-CMAC(transport key, UID length (1 byte) ‖ UID)
 *
 * `1` is the version of this table and the zero byte ends the name, so no two infos are the same. Whoever holds one
 * of the derived keys learns no other. A room's lock holds its lock key, a shared door's the shared-door key; a lock
 * whose chips can't be read without their card key holds the transport key too, which makes no image valid.
 */

/** Length of a property card key, in bytes. */
export const PROPERTY_CARD_KEY_BYTES = 32;

/** What one room's lock checks cards with: 16 bytes. */
export type LockKey = Uint8Array & { readonly keyOf?: 'lock' };

/** What all shared doors of a property check cards with: 16 bytes. */
export type SharedDoorKey = Uint8Array & { readonly keyOf?: 'shared doors' };

/** What the card keys of a property follow from: 16 bytes. */
export type TransportKey = Uint8Array & { readonly keyOf?: 'transport' };

/** The key of one room's lock. Throws a RangeError for a key, version or lock number outside its range. */
export function deriveLockKey(propertyCardKey: Uint8Array, keyVersion: number, lockNumber: number): LockKey {
  const number = new Uint8Array(4);
  new DataView(number.buffer).setUint32(0, inCardRange('lockNumber', lockNumber));
  return derive(propertyCardKey, 'keyrack/1/lock-key', keyVersion, number);
}

/** The key of a property's shared doors. Throws a RangeError for a key or version outside its range. */
export function deriveSharedDoorKey(propertyCardKey: Uint8Array, keyVersion: number): SharedDoorKey {
  return derive(propertyCardKey, 'keyrack/1/shared-door-key', keyVersion);
}

/** What a property's card keys follow from. Throws a RangeError for a key or version outside its range. */
export function deriveTransportKey(propertyCardKey: Uint8Array, keyVersion: number): TransportKey {
  return derive(propertyCardKey, 'keyrack/1/transport-key', keyVersion);
}

/** The key of one card. Needs nothing but CMAC, for locks. Throws a RangeError when the key isn't 16 bytes long. */
export function cardKeyOf(transportKey: TransportKey, serial: Serial): CardKey {
  const uid = uidOf(serial);
  return Buffer.from(aesCmac(transportKey, Uint8Array.of(uid.length, ...uid))).toString('hex') as CardKey;
}

/** The key of one card, from the top. Throws a RangeError for a key or version outside its range. */
export function deriveCardKey(propertyCardKey: Uint8Array, keyVersion: number, serial: Serial): CardKey {
  return cardKeyOf(deriveTransportKey(propertyCardKey, keyVersion), serial);
}

/**
 * HKDF takes longer than all else that is computed for a card, and asks for the same few keys again and again. Its
 * results are kept in memory alone, and for minutes: those of a key that was taken out of use go by themselves.
 */
const derived = createShortMemory<Uint8Array>({ most: 4_096, lifetimeMs: 5 * 60_000 }, () => performance.now());

function derive(propertyCardKey: Uint8Array, name: string, keyVersion: number, rest = NOTHING): Uint8Array {
  if (propertyCardKey.length !== PROPERTY_CARD_KEY_BYTES) {
    throw new RangeError(`a property card key has ${PROPERTY_CARD_KEY_BYTES} bytes, not ${propertyCardKey.length}`);
  }
  const info = Buffer.from([...Buffer.from(name), 0, inCardRange('keyVersion', keyVersion), ...rest]);
  // The key has one length, so no two of these texts are the same.
  const asked = Buffer.from(propertyCardKey).toString('latin1') + info.toString('latin1');
  const key = derived.of(asked, () => new Uint8Array(hkdfSync('sha256', propertyCardKey, NOTHING, info, 16)));
  // A copy: what its owner does to it changes no other.
  return key.slice();
}

const NOTHING = new Uint8Array();
