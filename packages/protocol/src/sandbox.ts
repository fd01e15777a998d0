import { z } from 'zod';
import { chip } from './chip.ts';
import { serial } from './identifiers.ts';

/**
 * What a server asks of an agent with simulated encoders, so that whoever writes software for a property can try it without
 * plastic. An agent that uses card readers refuses all of it. From version 4 on.
 */

/**
 * How the operation that waits at the encoder, or else the next one, is made to fail. Each has the name of the cause that it
 * leads to at the server (`SANDBOX_FAILURES` there).
 */
export const sandboxFailure = z.enum([
  // What lies there, or the encoder itself, can't be used.
  'not-a-room-card',
  'chip-not-written',
  'encoder-unfit',
  'card-not-answering',
  'encoder-in-use',
  'encoder-hung',
  'encoder-offline',
  // Another card, or none, lies there.
  'no-card',
  'other-card',
  'card-unreadable',
  'foreign-card',
  // What the issued card that lies there holds is no longer right.
  'card-garbled',
  'card-checksum',
  'card-copied',
  // At the write.
  'card-changed',
  'not-carried-out',
  'write-failed',
  'card-damaged',
  'outcome-unknown',
  'outcome-open',
  // At the desk.
  'declined',
]);
export type SandboxFailure = z.infer<typeof sandboxFailure>;

/** Limits of the sandbox, in one place. */
export const SANDBOX_LIMITS = {
  /** Cards in an agent's box. A further one isn't made. */
  cards: 1_000,
  /** For how long an agent can be told to stay away. Seconds. */
  awaySeconds: 600,
} as const;

export const sandboxCommand = z.discriminatedUnion('do', [
  /** What lies there, and what is made to fail. */
  z.strictObject({ do: z.literal('look') }),
  z.strictObject({ do: z.literal('list-cards') }),
  /** A card as its maker sold it, into the drawer. One that is there already, of this kind, is left as it is. */
  z.strictObject({ do: z.literal('new-card'), serial, chip }),
  /** From wherever it lies. What lay there is taken away first. */
  z.strictObject({ do: z.literal('lay'), serial }),
  z.strictObject({ do: z.literal('take-away') }),
  /** Null: nothing more is made to fail. */
  z.strictObject({ do: z.literal('fail'), failure: sandboxFailure.nullable() }),
  /** The whole agent, as if its network were gone. */
  z.strictObject({ do: z.literal('disconnect'), seconds: z.int().min(1).max(SANDBOX_LIMITS.awaySeconds) }),
]);
export type SandboxCommand = z.infer<typeof sandboxCommand>;

export const sandboxCard = z.strictObject({ serial, chip });
export type SandboxCard = z.infer<typeof sandboxCard>;

export const sandboxState = z.strictObject({
  /** The card that lies there. */
  card: sandboxCard.nullable(),
  failure: sandboxFailure.nullable(),
});
export type SandboxState = z.infer<typeof sandboxState>;

export const sandboxAnswer = z.discriminatedUnion('verdict', [
  /** It was done; the state after it. `cards`: where they were asked for. */
  z.strictObject({
    verdict: z.literal('done'),
    state: sandboxState,
    cards: z
      .array(sandboxCard.extend({ isHere: z.boolean() }))
      .max(SANDBOX_LIMITS.cards)
      .optional(),
  }),
  /**
   * - `uses-readers`: this agent uses card readers, and takes nothing of the sandbox.
   * - `not-simulated`: the encoder isn't simulated, or not this agent's.
   * - `card-unknown`: there is no card of that serial. `other-chip`: there is one, of another kind.
   * - `box-full`: there are as many cards as there may be.
   * - `needs-issued-card`: that failure is made of an issued card, and none lies there.
   */
  z.strictObject({
    verdict: z.enum(['uses-readers', 'not-simulated', 'card-unknown', 'other-chip', 'box-full', 'needs-issued-card']),
  }),
]);
export type SandboxAnswer = z.infer<typeof sandboxAnswer>;
