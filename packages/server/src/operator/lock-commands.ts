import { randomBytes } from 'node:crypto';
import {
  deriveLockKey,
  deriveSharedDoorKey,
  deriveTransportKey,
  type LockExport,
  PROPERTY_CARD_KEY_BYTES,
  programmerKey,
  propertyTagOf,
  sealLockExport,
} from '@keyrack/protocol';
import { z } from 'zod';
import { explain } from '../domain/causes.ts';
import { PURPOSE, type Sealer } from '../runtime/sealed-secret.ts';
import type { LockToExport } from '../transactions/property/export-lock.ts';
import { ACTOR, CommandError, command, property, propertyOf, roomNumbers } from './command.ts';

/** Commands about locks: what one is programmed with, and a new key of the property. */
export const LOCK_COMMANDS = {
  'locks-export': command(
    z.strictObject({
      property,
      room: roomNumbers.nullable(),
      recipient: programmerKey,
    }),
    async ({ room, recipient, ...input }, parts) => {
      const { id: propertyId } = await propertyOf(input, parts);
      const now = parts.clock.now();
      const lock = await parts.run('exportLock', { propertyId, room, recipient, actor: ACTOR, now });
      if (lock === null) throw new CommandError(explain('room-unknown'));
      const sealed = sealLockExport(exportOf(propertyId, lock, parts.sealer), recipient, randomBytes(32));
      return { door: lock.room?.name ?? 'shared doors', lockType: lock.room?.lockType ?? null, recipient, sealed };
    },
  ),

  'keys-rotate': command(z.strictObject({ property }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const sealed = parts.sealer.seal(randomBytes(PROPERTY_CARD_KEY_BYTES), PURPOSE.propertyCardKey);
    const added = await parts.run('addCardKey', { propertyId, sealed, actor: ACTOR, now: parts.clock.now() });
    if (added === null) throw new CommandError('This property has used all 255 key versions.');
    return added;
  }),
} as const;

/** What the lock is programmed with: its own keys, and none of the property's. */
function exportOf(propertyId: string, { room, sequence, cardKeys }: LockToExport, sealer: Sealer): LockExport {
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
