import { z } from 'zod';

/**
 * Identifiers that could be mixed up are branded: a function that wants an operation's id can't be handed a nonce.
 * All of them but serial and MAC are UUIDs in lower case; those that the server makes are version 7 (RFC 9562, 5.7).
 */
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

export const operationId = uuid.brand<'OperationId'>();
export type OperationId = z.infer<typeof operationId>;

export const agentId = uuid.brand<'AgentId'>();
export type AgentId = z.infer<typeof agentId>;

/** One run of an agent process. A restart has a new one, and may not speak for the writes of the run before. */
export const instanceId = uuid.brand<'InstanceId'>();
export type InstanceId = z.infer<typeof instanceId>;

/** One journal from its first record on. A journal that was lost and begun anew has a new id. */
export const journalId = uuid.brand<'JournalId'>();
export type JournalId = z.infer<typeof journalId>;

/** Names one opening of one card by an agent, and the one grant that it may lead to. Never used twice. */
export const nonce = uuid.brand<'Nonce'>();
export type Nonce = z.infer<typeof nonce>;

/** A chip's UID in upper-case hex, 1 to 16 bytes: `4567`, `04A1B2C3D4E5F6`. */
export const serial = z
  .string()
  .regex(/^(?:[0-9A-F]{2}){1,16}$/)
  .brand<'Serial'>();
export type Serial = z.infer<typeof serial>;

/** An encoder's MAC as Keyrack stores it: 12 upper-case letters or digits, no separators; not always hex. */
export const mac = z
  .string()
  .regex(/^[0-9A-Z]{12}$/)
  .brand<'Mac'>();
export type Mac = z.infer<typeof mac>;
