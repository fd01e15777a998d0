import { serial } from '@keyrack/protocol';
import { z } from 'zod';
import { explain } from '../domain/causes.ts';
import { isPossibleDay, rangeOfDays } from '../domain/property-days.ts';
import { listRecords } from '../requests/list-records.ts';
import type { RetireResult } from '../transactions/property/retire-card.ts';
import { ACTOR, CommandError, command, iso, property, propertyOf, roomNumbers } from './command.ts';

/** As `yyyy-MM-dd`, a day on the clocks of the property. */
const day = z.string().refine(isPossibleDay, 'is a day of the calendar, as yyyy-MM-dd');
const roomEventKind = z.enum(['issued', 'read', 'cancelled', 'superseded', 'lost', 'retired']);

const REFUSALS_TO_RETIRE: Record<Extract<RetireResult, { ok: false }>['why'], string> = {
  'card-unknown': 'No card with this serial belongs to the property; check the serial in the records of its room.',
  'nothing-on-it': 'This card is blank, or was never issued; there is nothing to retire.',
  'under-way': 'This card is being written, or its agent has not told yet what became of it; try again when it has.',
};

/** Commands about cards: their records, and a card that can't be had back. */
export const CARD_COMMANDS = {
  'cards-retire': command(z.strictObject({ property, serial }), async (input, parts) => {
    const { id: propertyId } = await propertyOf(input, parts);
    const now = parts.clock.now();
    const result = await parts.run('retireCard', { propertyId, serial: input.serial, actor: ACTOR, now });
    if (!result.ok) throw new CommandError(REFUSALS_TO_RETIRE[result.why]);
    return { serial: input.serial, mayOpenUntil: iso(result.mayOpenUntil) };
  }),

  'cards-records': command(
    z.strictObject({ property, room: roomNumbers, from: day, until: day, kinds: z.array(roomEventKind).min(1) }),
    async ({ room, from, until, kinds, ...input }, parts) => {
      const { id: propertyId, timeZone } = await propertyOf(input, parts);
      const range = rangeOfDays(from, until, timeZone);
      if (range === null || range.until <= range.from)
        throw new CommandError('The first day comes after the last one.');
      const records = await listRecords(parts.read, { propertyId, ...room, kinds, ...range });
      if (records === null) throw new CommandError(explain('room-unknown'));
      return records.map(({ kind, at, serial, owner, member, validFrom, validUntil }) => ({
        at: iso(at),
        kind,
        serial,
        owner,
        member,
        validFrom: iso(validFrom),
        validUntil: iso(validUntil),
      }));
    },
  ),
} as const;
