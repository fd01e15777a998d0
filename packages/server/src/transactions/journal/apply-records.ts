import {
  decodeCardImage,
  imageOf,
  isChain,
  type JournalPosition,
  type JournalRecord,
  type ResultEntry,
  type WriteEntry,
} from '@keyrack/protocol';
import { EARLY_MS } from '../../domain/issue-image.ts';
import type { Operation } from '../../domain/operation.ts';
import { isTerminal } from '../../domain/operation.ts';
import type { Agent } from '../../domain/places.ts';
import type { Tx } from '../../store/store.ts';
import { audit, change, currentLife } from '../outcome/record-change.ts';

/**
 * Takes over what the agent's journal tells, in its order. Returns the operations that it changed, or null when the
 * records don't continue the chain that is known here: then nothing was applied.
 */
export function applyRecords(tx: Tx, agent: Agent, records: readonly JournalRecord[], now: number): Operation[] | null {
  if (agent.cursor === null || !isChain(agent.cursor, records)) return null;
  const changed: Operation[] = [];
  for (const { entry } of records) {
    const operation = tx.get('operations', agent.propertyId, entry.operation);
    if (operation === undefined) {
      keepAsEvidence(tx, agent, entry, now);
      continue;
    }
    const next =
      entry.type === 'write'
        ? applyWrite(tx, agent, operation, entry, now)
        : applyResult(tx, agent, operation, entry, now);
    if (next !== null) changed.push(next);
  }
  return changed;
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
  const life = currentLife(tx) - 1;
  const grant = { nonce, serial, before, target, agentId, session, instance, at: now, life };
  const next = change(tx, operation, { type: 'replayed', grant }, now, `agent ${agent.id}`);
  if (next !== null) {
    const card = tx.get('cards', next.propertyId, serial);
    if (card !== undefined) tx.put('cards', { ...card, lastGranted: next.id });
    if (next.kind === 'issue') rememberIssue(tx, next, entry);
  }
  return next;
}

/**
 * What the forgotten grant had given to the card record, and taken from the room, is told by what was written: without
 * it, the next card of the same guest would have no sequence to share, and that of the next guest none to exceed.
 */
function rememberIssue(tx: Tx, { propertyId, recordId }: Operation, { serial, target }: WriteEntry): void {
  const record = recordId === null ? undefined : tx.get('cardRecords', propertyId, recordId);
  const decoded = decodeCardImage(imageOf(target));
  if (record?.status !== 'pending' || decoded.kind !== 'image') return;
  const { sequence, keyVersion, validFrom } = decoded.image;
  const from = validFrom * 60_000;
  tx.put('cardRecords', { ...record, serial, sequence, keyVersion, validFrom: from, issuedAt: from + EARLY_MS });
  const room = tx.get('rooms', propertyId, record.roomId);
  if (room !== undefined && sequence > room.sequence) tx.put('rooms', { ...room, sequence });
}

function applyResult(tx: Tx, agent: Agent, operation: Operation, entry: ResultEntry, now: number): Operation | null {
  const actor = `agent ${agent.id}`;
  if (operation.grant?.nonce !== entry.nonce) {
    keepAsEvidence(tx, agent, entry, now);
    return null;
  }
  if (operation.state === 'granted' || operation.state === 'unknown') {
    return change(tx, operation, { type: 'result', outcome: entry.outcome, at: now }, now, actor);
  }
  // Settled in the meantime, by a reading: the journal may know less, but not otherwise.
  const agrees = entry.outcome === operation.state || entry.outcome === 'unknown' || operation.state === 'written-off';
  if (!agrees) keepAsEvidence(tx, agent, entry, now);
  return null;
}

/** Records that nothing here explains are kept and flagged for a person; they change nothing. */
function keepAsEvidence(tx: Tx, agent: Agent, entry: WriteEntry | ResultEntry, now: number): void {
  audit(tx, {
    propertyId: agent.propertyId,
    at: now,
    action: 'agent-records-unexplained',
    actor: `agent ${agent.id}`,
    details: { ...entry },
  });
  const current = tx.get('agents', agent.propertyId, agent.id);
  if (current !== undefined) {
    tx.put('agents', {
      ...current,
      attention: 'The journal of the agent tells of a write that is unknown here; see the audit log.',
    });
  }
}
