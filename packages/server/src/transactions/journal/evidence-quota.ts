import type { AgentId } from '@keyrack/protocol';
import { EVIDENCE } from '../../domain/limits.ts';
import type { ReadTx, Tx } from '../../store/store.ts';

/** Whether so much more may be recorded of an agent: within its quota, the first beyond it, or one after that. */
export type QuotaRoom = 'within' | 'first-beyond' | 'beyond';

/** Counts what the agent has recorded for ever. A clock that was set back begins a new day, which does no harm. */
export function countEvidence(tx: Tx, agentId: AgentId, units: number, now: number): QuotaRoom {
  return countOfDay(tx, nameOf(agentId), units, now);
}

function countOfDay(tx: Tx, name: string, units: number, now: number): QuotaRoom {
  const { since, count } = readCount(tx, name);
  const isNewDay = now < since || now - since >= EVIDENCE.windowMs;
  return keepCount(tx, name, { since: isNewDay ? now : since, count: isNewDay ? 0 : count }, units, EVIDENCE.units);
}

/**
 * Counts encoders that moved to this agent. A count of its own: another desk can make them move to and fro, and must not
 * use up what this one may tell of its journal.
 */
export function countMoves(tx: Tx, agentId: AgentId, now: number): QuotaRoom {
  return countOfDay(tx, movesNameOf(agentId), 1, now);
}

/** The same for records that are expected, since the database was restored. */
export function countExpected(tx: Tx, agentId: AgentId, units: number): QuotaRoom {
  const name = expectedNameOf(agentId);
  return keepCount(tx, name, readCount(tx, name), units, EVIDENCE.expected);
}

/**
 * Counts audit records of what is expected since an agent told of a restore: those of each entry, and then those of each
 * portion. Counts of their own, since they say nothing against an agent whose server was put back.
 */
export function countReportedEntries(tx: Tx, agentId: AgentId, units: number, now: number): QuotaRoom {
  return countOfDay(tx, reportedEntriesNameOf(agentId), units, now);
}

export function countReportedPortions(tx: Tx, agentId: AgentId, now: number): QuotaRoom {
  return countOfDay(tx, reportedPortionsNameOf(agentId), 1, now);
}

/** The agent has caught up after a restore: nothing is expected any more. */
export function forgetExpected(tx: Tx, agentId: AgentId): void {
  remove(tx, expectedNameOf(agentId));
}

/** The agent's identity ends or passes to another computer, which has told nothing yet. */
export function forgetEvidence(tx: Tx, agentId: AgentId): void {
  remove(tx, nameOf(agentId));
  remove(tx, movesNameOf(agentId));
  remove(tx, expectedNameOf(agentId));
  remove(tx, reportedEntriesNameOf(agentId));
  remove(tx, reportedPortionsNameOf(agentId));
}

interface Count {
  readonly since: number;
  readonly count: number;
}

function readCount(tx: ReadTx, name: string): Count {
  const [since = 0, count = 0] = tx.get('facts', name)?.value.split(' ').map(Number) ?? [];
  return { since, count };
}

function keepCount(tx: Tx, name: string, { since, count }: Count, units: number, most: number): QuotaRoom {
  if (count > most) return 'beyond';
  tx.put('facts', { name, value: `${since} ${count + units}` });
  return count + units <= most ? 'within' : 'first-beyond';
}

function remove(tx: Tx, name: string): void {
  if (tx.get('facts', name) !== undefined) tx.remove('facts', name);
}

const nameOf = (agentId: AgentId) => `evidence of ${agentId}`;
const movesNameOf = (agentId: AgentId) => `encoders moved to ${agentId}`;
const expectedNameOf = (agentId: AgentId) => `evidence since the restore: ${agentId}`;
const reportedEntriesNameOf = (agentId: AgentId) => `entries since a told restore: ${agentId}`;
const reportedPortionsNameOf = (agentId: AgentId) => `portions since a told restore: ${agentId}`;
