import { hash as digest } from 'node:crypto';
import { z } from 'zod';
import { cardContent } from './card-content.ts';
import { type JournalId, type Nonce, nonce, type OperationId, operationId, serial } from './identifiers.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What an agent is about to do to a card; durable before the first byte is sent to it. */
const write = z.strictObject({
  type: z.literal('write'),
  operation: operationId,
  nonce,
  serial,
  before: cardContent,
  target: cardContent,
});

/**
 * How a write ended: `succeeded` read back as the target; `rejected` read back unchanged, or never begun;
 * `damaged` read back as something else; `unknown` the card was gone before it could be read back.
 */
export const writeOutcome = z.enum(['succeeded', 'rejected', 'damaged', 'unknown']);
export type WriteOutcome = z.infer<typeof writeOutcome>;

const result = z.strictObject({
  type: z.literal('result'),
  operation: operationId,
  nonce,
  outcome: writeOutcome,
  /** Why it isn't `succeeded`, for people: at most 200 characters. */
  detail: z.string().max(200).optional(),
});

export const journalEntry = z.discriminatedUnion('type', [write, result]);
export type JournalEntry = z.infer<typeof journalEntry>;
export type WriteEntry = z.infer<typeof write>;
export type ResultEntry = z.infer<typeof result>;

/** A place in a journal: the number and hash of a record, or number 0 and the hash of the empty journal. */
export const journalPosition = z.strictObject({ number: z.int().min(0), hash });
export type JournalPosition = z.infer<typeof journalPosition>;

/** One record of an agent's journal. `at` is the agent's own clock, in Unix milliseconds, and decides nothing. */
export const journalRecord = z.strictObject({
  number: z.int().min(1),
  at: z.int().min(0),
  entry: journalEntry,
  hash,
});
export type JournalRecord = z.infer<typeof journalRecord>;

/** Where every journal starts: its own id is what the first record is chained to. */
export function journalStart(id: JournalId): JournalPosition {
  return { number: 0, hash: sha256(`keyrack journal ${id}`) };
}

/** The record that follows `previous`: its hash covers the hash before it, so no record can change unnoticed. */
export function nextRecord(previous: JournalPosition, at: number, entry: JournalEntry): JournalRecord {
  const number = previous.number + 1;
  return { number, at, entry, hash: recordHash(previous.hash, number, at, entry) };
}

/** Whether `records` follow `position` without a gap and every hash is right. */
export function isChain(position: JournalPosition, records: readonly JournalRecord[]): boolean {
  let { number, hash: previous } = position;
  for (const record of records) {
    number += 1;
    if (record.number !== number || record.hash !== recordHash(previous, number, record.at, record.entry)) return false;
    previous = record.hash;
  }
  return true;
}

function recordHash(previous: string, number: number, at: number, entry: JournalEntry): string {
  const fields =
    entry.type === 'write'
      ? [entry.operation, entry.nonce, entry.serial, entry.before, entry.target]
      : [entry.operation, entry.nonce, entry.outcome, entry.detail ?? null];
  return sha256(JSON.stringify([previous, number, at, entry.type, ...fields]));
}

function sha256(text: string): string {
  return digest('sha256', text);
}

/**
 * Writes in `part` whose results `all` doesn't hold, and that no later write for the same operation follows: nobody will
 * ever tell how they ended.
 */
export function unfinishedOf(part: readonly JournalRecord[], all: readonly JournalRecord[]): Nonce[] {
  const ended = new Set(all.map(({ entry }) => (entry.type === 'result' ? entry.nonce : null)));
  const lastWrites = new Map<OperationId, Nonce>();
  for (const { entry } of all) if (entry.type === 'write') lastWrites.set(entry.operation, entry.nonce);
  return part.flatMap(({ entry }) =>
    entry.type === 'write' && !ended.has(entry.nonce) && lastWrites.get(entry.operation) === entry.nonce
      ? [entry.nonce]
      : [],
  );
}
