import { randomBytes } from 'node:crypto';
import { PROPERTY_CARD_KEY_BYTES, programmerKey } from '@keyrack/protocol';
import { z } from 'zod';
import { explain } from '../domain/causes.ts';
import { sealLock } from '../runtime/seal-lock.ts';
import { PURPOSE } from '../runtime/sealed-secret.ts';
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
      const cardKeys = await parts.read('sealedCardKeys', { propertyId, versions: lock.versions });
      const sealed = sealLock({ ...lock, propertyId, cardKeys }, recipient, randomBytes(32), parts.sealer);
      return { door: lock.room?.name ?? 'shared doors', lockType: lock.room?.lockType ?? null, recipient, sealed };
    },
  ),

  'keys-rotate': command(z.strictObject({ property }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const sealed = parts.sealer.seal(randomBytes(PROPERTY_CARD_KEY_BYTES), PURPOSE.propertyCardKey);
    const given = { propertyId, sealed, force: true, actor: ACTOR, now: parts.clock.now() };
    const added = await parts.run('addCardKey', given);
    if (added.verdict !== 'added') throw new CommandError('This property has used all 255 key versions.');
    return { version: added.version };
  }),
} as const;
