import { type AgentMessage, type JournalRecord, type Nonce, unfinishedOf } from '@keyrack/protocol';
import type { Operation } from '../domain/operation.ts';
import type { SessionRef } from '../queries/fence-session.ts';
import type { RecordPiece } from '../transactions/journal/record-piece.ts';
import type { SessionParts } from './agent-session.ts';
import { recordInPieces } from './record-in-pieces.ts';
import type { SessionConnection } from './session-connection.ts';

export type SessionRecordParts = Pick<SessionParts, 'run' | 'clock' | 'log' | 'quotas' | 'inTurn' | 'onEpoch'>;

/** Records what an agent's journal tells after it has caught up. Only then is it acknowledged, so that no result gets lost. */
export async function takeReport(
  parts: SessionRecordParts,
  connection: SessionConnection,
  message: Extract<AgentMessage, { type: 'report' }>,
  ref: SessionRef,
): Promise<void> {
  const now = parts.clock.now();
  const rest = await recordAllButLast(parts, connection, message.records, ref, null);
  if (rest === null) return;
  const result = await parts.run('report', { ...ref, records: rest, now });
  if (result.verdict === 'fenced') return connection.end('replaced');
  if (result.verdict === 'no-chain') return connection.end('no-chain');
  if (result.verdict === 'suspended') return connection.end('agent-suspended');
  logOutcomes(parts, connection, result.changed);
  connection.send({ type: 'acknowledge', position: result.position });
}

/**
 * Records all but the last of many records, one piece at a time, and returns the rest; null where the connection
 * ended with that. `catchUp` is what the agent said beside its records while it catches up: it comes with each piece.
 */
export async function recordAllButLast(
  parts: SessionRecordParts,
  connection: SessionConnection,
  records: readonly JournalRecord[],
  ref: SessionRef,
  catchUp: RecordPiece['catchUp'],
  unfinishedWrites: ReadonlySet<Nonce> = new Set(unfinishedOf(records, records)),
): Promise<readonly JournalRecord[] | null> {
  const { run, clock, quotas, inTurn } = parts;
  const rest = await recordInPieces(records, quotas.recordsAtOnce, unfinishedWrites, (piece, unfinished) =>
    inTurn(async () => {
      if (connection.isOver()) return null;
      const result = await run('recordPiece', { ...ref, catchUp, records: piece, unfinished, now: clock.now() });
      if (result.verdict === 'fenced') return result;
      parts.onEpoch(result.epoch);
      logOutcomes(parts, connection, result.changed);
      return result;
    }),
  );
  if (rest?.verdict === 'rest') return rest.records;
  if (rest?.verdict === 'fenced') connection.end('replaced');
  if (rest?.verdict === 'not-yet') connection.end('not-yet');
  if (rest?.verdict === 'suspended') connection.end('agent-suspended');
  if (rest?.verdict === 'replace') connection.send({ type: 'replace-journal' });
  return null;
}

function logOutcomes(
  { log }: Pick<SessionRecordParts, 'log'>,
  connection: SessionConnection,
  changed: readonly Operation[],
): void {
  for (const { id, state } of changed) log.step('outcome', { operation: id, state, ...connection.who() });
}
