import { chip, lockExport, mac, reading, serial } from '@keyrack/protocol';
import { z } from 'zod';
import { TEAR_MODES } from './card-memory.ts';

/**
 * What is said between a running simulated desk and who controls it: a line of JSON each way for each command, over
 * TCP on the loopback address. Every request carries the token.
 */

/** Limits of the control endpoint, in one place. */
export const CONTROL_LIMITS = {
  requestBytes: 4 * 1024,
  /** A list of about 20,000 cards. */
  responseBytes: 8 * 1024 * 1024,
  connections: 16,
  /** A connection without traffic for this long is closed; a client waits as long for an answer. */
  idleMs: 10_000,
  /** From the opening of a connection to its first right request. */
  proofMs: 10_000,
  /** A connection that was refused may stay this long, for its client to read why. */
  lingerMs: 1_000,
} as const;

/** Name of the file in the agent's data folder that says where the endpoint is. */
export const CONTROL_FILE = 'sim-control.json';

/** Content of CONTROL_FILE. The token is 32 random bytes as base64url. */
export const controlFile = z.strictObject({
  version: z.literal(1),
  port: z.int().min(1).max(65_535),
  token: z.string().regex(/^[0-9A-Za-z_-]{43}$/),
});
export type ControlFile = z.infer<typeof controlFile>;

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

export const controlRequest = z.strictObject({ token: z.string().max(100), request: controlCommand });

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

export const controlResponse = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), result: z.unknown() }),
  /** `message` is for people. */
  z.strictObject({ ok: z.literal(false), message: z.string() }),
]);
export type ControlResponse = z.infer<typeof controlResponse>;
