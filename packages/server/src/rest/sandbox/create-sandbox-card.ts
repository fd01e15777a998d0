import { randomBytes } from 'node:crypto';
import type { Chip, Serial } from '@keyrack/protocol';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { drive, SANDBOX_PROBLEMS } from './ask-sandbox.ts';
import { cardSerial, chipKind, encoderParams } from './sandbox-view.ts';

export const createSandboxCard = endpoint({
  id: 'createSandboxCard',
  method: 'POST',
  path: '/v1/properties/{property}/encoders/{encoder}/sandbox/cards',
  tag: 'sandbox',
  summary: 'Make a new card for a simulated encoder',
  description: 'Puts a card into the drawer as its maker sold it. Lay it down next.',
  right: 'sandbox.write',
  params: encoderParams,
  body: z.strictObject({ chip: chipKind, serial: cardSerial.optional() }),
  answers: {
    201: { description: 'The card, in the drawer.', body: z.object({ serial: z.string(), chip: z.string() }) },
  },
  problems: SANDBOX_PROBLEMS,
  async handle(context) {
    const { chip, serial = newSerial(chip) } = context.body;
    const { command } = await drive(context, { do: 'new-card', serial, chip });
    // Of a repeat, the card that the first one made.
    const made = command.do === 'new-card' ? command.serial : serial;
    return { status: 201, body: { serial: made, chip } };
  },
});

/** As the makers of these chips number them: a Classic by four bytes, the others by seven of which the first is theirs. */
function newSerial(chip: Chip): Serial {
  const hex = randomBytes(chip === 'classic-1k' ? 4 : 6)
    .toString('hex')
    .toUpperCase();
  return (chip === 'classic-1k' ? hex : `04${hex}`) as Serial;
}
