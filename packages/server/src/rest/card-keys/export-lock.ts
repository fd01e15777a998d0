import { randomBytes } from 'node:crypto';
import { type ProgrammerKey, programmerKey } from '@keyrack/protocol';
import { z } from 'zod';
import { sealLock } from '../../runtime/seal-lock.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { lockType } from '../places/place-view.ts';
import { ProblemError } from '../problems.ts';

const recipient = z
  .string()
  .refine((text) => programmerKey.safeParse(text).success, 'is the line that `keyrack locks new-key` prints')
  .transform((text) => text as ProgrammerKey)
  .meta({ description: 'The public key of whoever programs the lock: the line that `keyrack locks new-key` prints.' });

export const exportLock = endpoint({
  id: 'exportLock',
  method: 'POST',
  path: '/v1/properties/{property}/lock-exports',
  tag: 'card-keys',
  summary: 'Export a lock, sealed',
  description:
    "The lock's number, keys and sequence for whoever programs it, whose public key `recipient` is. Nobody else can open it. The audit log notes to whom it was given.",
  right: 'lockKeys.write',
  body: z.strictObject({
    room: id.nullable().meta({ description: 'Id of the room; null for the doors that all guests share.' }),
    recipient,
  }),
  answers: {
    200: {
      description: 'What the lock is programmed with.',
      body: z
        .object({
          room: z.object({ id: z.string(), name: z.string() }).nullable(),
          lockType: lockType.nullable(),
          versions: z.array(z.int()).meta({ description: 'The versions of the card key that it holds.' }),
          recipient: z.string(),
          sealed: z.string().nullable().meta({
            description:
              'A repeat of the request shows it for ten minutes, and then null. `keyrack locks open` opens it.',
          }),
        })
        .meta({ id: 'LockExport', description: 'What one lock is programmed with, sealed for one recipient.' }),
    },
  },
  async handle({ property, body, doer, now, changeShowing, parts }) {
    const propertyId = property.id;
    const drawn = randomBytes(32).toString('base64url');
    const given = { propertyId, roomId: body.room, recipient: body.recipient, actor: doer.actor, doer, now };
    // The secret that is kept for repeats: the same text is sealed by it again.
    const { result, secret } = await changeShowing(drawn, 'exportLock', given);
    if (result === null)
      throw new ProblemError('invalid-request', {
        errors: [{ in: 'body', path: 'room', detail: 'is the id of no room of this property' }],
      });
    const { room, sequence, versions } = result;
    const cardKeys = await parts.read('sealedCardKeys', { propertyId, versions });
    const lock = { propertyId, room, sequence, cardKeys };
    const sealed = secret && sealLock(lock, body.recipient, Buffer.from(secret, 'base64url'), parts.sealer);
    return {
      status: 200,
      body: {
        room: room && { id: room.id, name: room.name },
        lockType: room?.lockType ?? null,
        versions: [...versions],
        recipient: body.recipient,
        sealed,
      },
    };
  },
});
