import { chip, type SandboxState, sandboxFailure, serial } from '@keyrack/protocol';
import { z } from 'zod';
import { encoderId } from '../encoders/encoder-view.ts';

export const encoderParams = z.strictObject({ encoder: encoderId });

export const cardSerial = serial.meta({ description: "The card's serial in upper-case hex." });
export const chipKind = chip.meta({ description: 'The kind of its chip.' });

export const failureName = sandboxFailure.meta({
  id: 'SandboxFailure',
  description: 'The cause that the operation is to end with; docs/sandbox.md explains each.',
});

export const sandboxView = z
  .object({
    card: z
      .object({ serial: z.string(), chip: z.string() })
      .nullable()
      .meta({ description: 'The card that lies there.' }),
    failure: failureName.nullable().meta({
      description: 'How the operation that waits there, or else the next one, is made to fail.',
    }),
  })
  .meta({ id: 'Sandbox', description: 'A simulated encoder, as the hands at the desk see it.' });

export function viewOfSandbox({ card, failure }: SandboxState): z.input<typeof sandboxView> {
  return { card: card && { serial: card.serial, chip: card.chip }, failure };
}
