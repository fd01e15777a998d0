import { verifyRoomMac } from './card-image.ts';
import type { LockKey } from './card-keys.ts';
import type { Serial } from './identifiers.ts';

/** `copied`: right for the chip that it was made for, and lies on another. `changed`: right for neither. */
export type ChecksumDiagnosis = 'right' | 'copied' | 'changed';

/**
 * Tells a copied image from a changed one, which a lock can't: for those who know, by the card record that the
 * image's `cardTag` points to, which chip it was made for. Throws a RangeError when the bytes aren't 48 or the key
 * isn't 16.
 */
export function diagnoseChecksum(
  bytes: Uint8Array,
  serial: Serial,
  madeFor: Serial,
  lockKey: LockKey,
): ChecksumDiagnosis {
  if (verifyRoomMac(bytes, serial, lockKey)) return 'right';
  return verifyRoomMac(bytes, madeFor, lockKey) ? 'copied' : 'changed';
}
