import {
  deriveLockKey,
  deriveSharedDoorKey,
  deriveTransportKey,
  type LockExport,
  type ProgrammerKey,
  propertyTagOf,
  sealLockExport,
} from '@keyrack/protocol';
import type { SealedCardKey } from '../domain/places.ts';
import { PURPOSE, type Sealer } from './sealed-secret.ts';

/** What one lock is programmed with. */
export interface LockToSeal {
  readonly propertyId: string;
  /** Null for the shared doors. */
  readonly room: { readonly lockNumber: number } | null;
  readonly sequence: number;
  /** The newest first. */
  readonly cardKeys: readonly SealedCardKey[];
}

/**
 * The lock's own keys, and none of the property's, for whoever programs it and nobody else. With the same `ephemeral`, 32
 * bytes that were drawn at random, the same lock gives the same text.
 */
export function sealLock(lock: LockToSeal, recipient: ProgrammerKey, ephemeral: Uint8Array, sealer: Sealer): string {
  return sealLockExport(exportOf(lock, sealer), recipient, ephemeral);
}

function exportOf({ propertyId, room, sequence, cardKeys }: LockToSeal, sealer: Sealer): LockExport {
  const propertyTag = propertyTagOf(propertyId);
  const hex = (key: Uint8Array) => Buffer.from(key).toString('hex');
  const keys = cardKeys.map(({ version, sealed }) => {
    const from = sealer.open(sealed, PURPOSE.propertyCardKey);
    const key = room === null ? deriveSharedDoorKey(from, version) : deriveLockKey(from, version, room.lockNumber);
    return { version, key: hex(key), transportKey: hex(deriveTransportKey(from, version)) };
  });
  if (room === null) return { kind: 'shared', propertyTag, keys };
  return { kind: 'room', propertyTag, lockNumber: room.lockNumber, sequence, keys };
}
