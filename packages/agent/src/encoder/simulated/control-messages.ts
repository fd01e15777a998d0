import { chip, lockExport, mac, reading, serial } from '@keyrack/protocol';
import { z } from 'zod';
import { TEAR_MODES } from './card-memory.ts';

/** What a running simulated desk is told by who controls it. */

/** Name of the file in the agent's data folder that says where the endpoint is. */
export const CONTROL_FILE = 'sim-control.json';

export const controlCommand = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('list') }),
  z.strictObject({ command: z.literal('add'), serial, chip }),
  z.strictObject({ command: z.literal('place'), serial, encoder: mac.optional(), chip: chip.optional() }),
  z.strictObject({ command: z.literal('remove'), encoder: mac.optional() }),
  z.strictObject({
    command: z.literal('tear'),
    serial,
    writes: z.int().min(1).max(1_000),
    mode: z.enum(TEAR_MODES),
  }),
  z.strictObject({ command: z.literal('show'), serial }),
  z.strictObject({ command: z.literal('doors') }),
  /** Copies what one card holds onto another chip, as a thief would: it must open nothing. */
  z.strictObject({ command: z.literal('copy'), serial, onto: serial }),
  z.strictObject({ command: z.literal('knock'), door: z.string().min(1).max(64), serial }),
  z.strictObject({ command: z.literal('program'), door: z.string().min(1).max(64), lock: lockExport }),
]);
export type ControlCommand = z.infer<typeof controlCommand>;

const cardSummary = z.strictObject({
  serial,
  chip,
  encoder: mac.nullable(),
  content: reading,
  isNew: z.boolean(),
  tear: z.strictObject({ writes: z.int(), mode: z.enum(TEAR_MODES) }).nullable(),
});

const encoderSummary = z.strictObject({ mac, name: z.string(), card: serial.nullable() });

/** What each command answers. */
export const controlResults = {
  list: z.strictObject({ encoders: z.array(encoderSummary), cards: z.array(cardSummary) }),
  add: cardSummary,
  place: cardSummary,
  remove: serial.nullable(),
  tear: cardSummary,
  show: z.strictObject({ card: cardSummary, dump: z.string() }),
  doors: z.array(z.strictObject({ door: z.string(), kind: z.enum(['room', 'shared']) })),
  copy: cardSummary,
  knock: z.strictObject({ opens: z.boolean(), reason: z.string().optional(), text: z.string() }),
  program: z.strictObject({ versions: z.array(z.int()) }),
} as const satisfies Record<ControlCommand['command'], z.ZodType>;
