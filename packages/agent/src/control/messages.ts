import { z } from 'zod';

/**
 * What is said between a running agent and another process of its user: a line of JSON each way for each command, over TCP
 * on the loopback address. Every request carries the token.
 */

/** Limits of control endpoints, in one place. */
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

/** Content of the file that says where an endpoint is. The token is 32 random bytes as base64url. */
export const controlFile = z.strictObject({
  version: z.literal(1),
  port: z.int().min(1).max(65_535),
  token: z.string().regex(/^[0-9A-Za-z_-]{43}$/),
});
export type ControlFile = z.infer<typeof controlFile>;

export const controlResponse = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), result: z.unknown() }),
  /** `message` is for people. */
  z.strictObject({ ok: z.literal(false), message: z.string() }),
]);
export type ControlResponse = z.infer<typeof controlResponse>;
