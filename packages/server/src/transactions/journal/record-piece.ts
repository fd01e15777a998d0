import type { JournalPosition, JournalRecord, Nonce } from '@keyrack/protocol';
import type { Operation } from '../../domain/operation.ts';
import type { Agent } from '../../domain/places.ts';
import { currentEpoch } from '../../queries/current-epoch.ts';
import { FENCED, type Fenced, fence, type SessionRef } from '../../queries/fence-session.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { change } from '../outcome/record-next-state.ts';
import { applyRecords, cursorAfter } from './apply-records.ts';
import type { CatchUp } from './catch-up.ts';
import { type Changes, isSuspended } from './changes.ts';
import { compareJournal } from './compare-journal.ts';
import { unfinishedOfAgent } from './give-up-journal.ts';

export interface RecordPiece extends SessionRef {
  /** What the agent says beside its records while it catches up; null of a report. */
  readonly catchUp: Pick<CatchUp, 'greeting' | 'inProgress'> | null;
  /** The first of those behind the cursor; more follow. */
  readonly records: readonly JournalRecord[];
  /** Writes among these records whose results the agent doesn't tell at all, and that no later write follows. */
  readonly unfinished: readonly Nonce[];
  readonly now: number;
}

export type RecordPieceResult =
  | Fenced
  | (Changes & {
      /** The epoch of the database in which it was judged. */
      readonly epoch: number;
    } & (
        | { readonly verdict: 'recorded'; readonly position: JournalPosition }
        /** As of a catch-up or a report. */
        | { readonly verdict: 'no-chain' | 'not-yet' | 'replace' | 'suspended' }
      ));

/**
 * Records the first of many journal records, so that others get their turn before the rest. The cursor moves behind
 * what is recorded: whatever happens then, it isn't told again. A piece ends before a write whose result comes later,
 * since the cursor can't pass it; the position stands still where that is the first record.
 */
export function recordPiece(tx: Tx, input: RecordPiece): RecordPieceResult {
  const known = fence(tx, input);
  if (known === null) return FENCED;
  const { now } = input;
  const compared = compareHere(tx, known, input);
  const epoch = currentEpoch(tx);
  if (compared.verdict !== 'continue') return { verdict: compared.verdict, changed: compared.changed, epoch };
  const { agent } = compared;
  const records = withoutWritesInProgress(tx, agent, input);
  const applied = applyRecords(tx, agent, records, now);
  if (applied === null) return { verdict: 'no-chain', changed: compared.changed, epoch };
  const changed = [...compared.changed, ...applied, ...endUnfinished(tx, agent, records, input)];
  if (isSuspended(tx, agent)) return { verdict: 'suspended', changed, epoch };
  const position = cursorAfter(tx, agent, records);
  const current = tx.get('agents', agent.propertyId, agent.id) ?? agent;
  tx.put('agents', { ...current, cursor: position });
  return { verdict: 'recorded', position, changed, epoch };
}

type ComparedHere = Changes &
  (
    | { readonly verdict: 'continue'; readonly agent: Agent & { readonly cursor: JournalPosition } }
    | { readonly verdict: 'no-chain' | 'not-yet' | 'replace' | 'suspended' }
  );

function compareHere(tx: Tx, known: Agent, { catchUp, records, now }: RecordPiece): ComparedHere {
  if (catchUp === null) {
    const { cursor } = known;
    if (cursor === null) return { verdict: 'no-chain', changed: [] };
    return { verdict: 'continue', agent: { ...known, cursor }, changed: [] };
  }
  const agent = { ...known, instance: catchUp.greeting.instance };
  tx.put('agents', agent);
  const compared = compareJournal(tx, agent, catchUp.greeting.journal, records, now);
  if (compared.verdict !== 'continue') return compared;
  const isHeld = unfinishedOfAgent(tx, compared.agent).some((operation) => operation.held);
  if (isHeld && catchUp.inProgress.length > 0) return { verdict: 'not-yet', changed: compared.changed };
  return compared;
}

/** The records before the first write that would still be open behind them. */
function withoutWritesInProgress(
  tx: ReadTx,
  agent: Agent,
  { records, unfinished }: Pick<RecordPiece, 'records' | 'unfinished'>,
): readonly JournalRecord[] {
  const ended = new Set(unfinished);
  const open: { readonly at: number; readonly end: number }[] = [];
  // From the end, so that what ends a write is known when the write comes.
  const endOf = new Map<string, number>();
  for (const [at, { entry }] of [...records.entries()].reverse()) {
    if (entry.type === 'result') {
      endOf.set(entry.nonce, at);
      continue;
    }
    const operation = tx.get('operations', agent.propertyId, entry.operation);
    // A write that comes after it, for the same held operation, takes its place.
    const end = Math.min(endOf.get(entry.nonce) ?? records.length, endOf.get(entry.operation) ?? records.length);
    if (operation?.held === true) endOf.set(entry.operation, at);
    if (operation === undefined || !isUnfinishedUnder(operation, entry.nonce)) continue;
    if (!operation.held || !ended.has(entry.nonce)) open.push({ at, end });
  }
  let length = records.length;
  for (const { at, end } of open) if (end >= length) length = Math.min(length, at);
  return records.slice(0, length);
}

function isUnfinishedUnder(operation: Operation, nonce: Nonce): boolean {
  const isUnderWay = operation.state === 'granted' || operation.state === 'accepted';
  return isUnderWay && (operation.held || operation.grant?.nonce === nonce);
}

/** Nothing else will be told of these writes of the lost epoch: the last of the catch-up would conclude the same. */
function endUnfinished(
  tx: Tx,
  agent: Agent,
  records: readonly JournalRecord[],
  { catchUp, unfinished, now }: RecordPiece,
): Operation[] {
  if (catchUp === null) return [];
  const ended = new Set(unfinished);
  return records.flatMap(({ entry }) => {
    if (entry.type !== 'write' || !ended.has(entry.nonce)) return [];
    const operation = tx.get('operations', agent.propertyId, entry.operation);
    if (!operation?.held || operation.state !== 'granted' || operation.grant.nonce !== entry.nonce) return [];
    const next = change(tx, operation, { type: 'lost', cause: 'agent-restarted' }, now, `agent ${agent.id}`);
    return next === null ? [] : [next];
  });
}
