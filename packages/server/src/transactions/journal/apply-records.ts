import {
  decodeCardImage,
  imageOf,
  isChain,
  type JournalEntry,
  type JournalPosition,
  type JournalRecord,
  type ResultEntry,
  type WriteEntry,
} from '@keyrack/protocol';
import { EARLY_MS } from '../../domain/issue-image.ts';
import type { Operation } from '../../domain/operation.ts';
import { isTerminal } from '../../domain/operation.ts';
import type { Agent } from '../../domain/places.ts';
import { currentEpoch } from '../../queries/current-epoch.ts';
import { hintUnfinished } from '../../queries/unfinished-operations.ts';
import type { Hint } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';
import { change, hintSuccess } from '../outcome/record-next-state.ts';
import { keepEvidence } from './keep-evidence.ts';

/**
 * Takes over what the agent's journal tells, in its order. Returns the operations that it changed, or null when the
 * records don't continue the chain that is known here: then nothing was applied. Too many records that nothing here
 * explains suspend the agent.
 */
export function applyRecords(tx: Tx, agent: Agent, records: readonly JournalRecord[], now: number): Operation[] | null {
  if (agent.cursor === null || !isChain(agent.cursor, records)) return null;
  const changed: Operation[] = [];
  const unexplained: JournalEntry[] = [];
  for (const { entry } of records) {
    const operation = tx.get('operations', agent.propertyId, entry.operation);
    if (operation === undefined) {
      unexplained.push(entry);
      continue;
    }
    const next =
      entry.type === 'write'
        ? applyWrite(tx, agent, operation, entry, now)
        : applyResult(tx, agent, operation, entry, now, unexplained);
    if (next !== null) changed.push(next);
  }
  return [...changed, ...keepEvidence(tx, agent, unexplained, now)];
}

/**
 * Up to where the journal is recorded: behind the last record, but never past a `write` whose operation is still
 * granted, since its result is still to come.
 */
export function cursorAfter(tx: Tx, agent: Agent, records: readonly JournalRecord[]): JournalPosition {
  let cursor = agent.cursor as JournalPosition;
  for (const { number, hash, entry } of records) {
    if (entry.type === 'write') {
      const operation = tx.get('operations', agent.propertyId, entry.operation);
      if (operation?.state === 'granted' && operation.grant.nonce === entry.nonce) break;
    }
    cursor = { number, hash };
  }
  return cursor;
}

/** A `write` tells news only to a restored database, which may have forgotten the grant behind it. */
function applyWrite(tx: Tx, agent: Agent, operation: Operation, entry: WriteEntry, now: number): Operation | null {
  if (isTerminal(operation) || operation.state === 'unknown' || !operation.held) return null;
  const { nonce, serial, before, target } = entry;
  const { id: agentId, session, instance } = agent;
  if (instance === null) return null;
  const epoch = currentEpoch(tx) - 1;
  const grant = { nonce, serial, before, target, agentId, session, instance, at: now, life: epoch };
  const next = change(tx, operation, { type: 'replayed', grant }, now, `agent ${agent.id}`);
  if (next !== null) {
    const card = tx.get('cards', next.propertyId, serial);
    if (card !== undefined) tx.put('cards', { ...card, lastGranted: next.id });
    if (next.kind === 'issue') rememberIssue(tx, next, entry);
  }
  return next;
}

/**
 * Restores card record and room from the written content, for a grant that the restored database has forgotten. Without
 * it, the guest's next card would have no sequence to share, and the next guest's card none to exceed.
 */
function rememberIssue(tx: Tx, { propertyId, recordId, acceptedAt }: Operation, { serial, target }: WriteEntry): void {
  const record = recordId === null ? undefined : tx.get('cardRecords', propertyId, recordId);
  const decoded = decodeCardImage(imageOf(target));
  if (record?.status !== 'pending' || decoded.kind !== 'image') return;
  const { sequence, keyVersion, validFrom } = decoded.image;
  const from = validFrom * 60_000;
  // It was granted as a card that begins later, or when that time had come already.
  const later = !record.begun && from === record.validFrom;
  const issuedAt = later ? acceptedAt : from + EARLY_MS;
  tx.put('cardRecords', { ...record, serial, sequence, keyVersion, validFrom: from, begun: !later, issuedAt });
  const room = tx.get('rooms', propertyId, record.roomId);
  if (!later && room !== undefined && sequence > room.sequence) tx.put('rooms', { ...room, sequence });
}

/** A result that contradicts what is known here is added to the unexplained ones. */
function applyResult(
  tx: Tx,
  agent: Agent,
  operation: Operation,
  entry: ResultEntry,
  now: number,
  unexplained: JournalEntry[],
): Operation | null {
  const actor = `agent ${agent.id}`;
  // Nobody tells how the write of another agent ended.
  if (operation.grant?.nonce !== entry.nonce || operation.grant.agentId !== agent.id) {
    unexplained.push(entry);
    return null;
  }
  if (operation.state === 'granted' || operation.state === 'unknown') {
    return change(tx, operation, { type: 'result', outcome: entry.outcome, at: now }, now, actor);
  }
  // Settled in the meantime, by a reading: the journal may know less, but not otherwise.
  const agrees = entry.outcome === operation.state || entry.outcome === 'unknown' || operation.state === 'written-off';
  if (!agrees) unexplained.push(entry);
  return null;
}

/** Most results tell of a success, and leave nothing behind at their encoder. */
export function hintRecords(hint: Hint, propertyId: string, records: readonly JournalRecord[]): void {
  for (const { entry } of records) {
    const operation = hint.get('operations', propertyId, entry.operation);
    if (entry.type === 'write') continue;
    hintSuccess(hint, propertyId, entry.operation);
    hintUnfinished(hint, propertyId, operation.of('encoder'));
  }
}
