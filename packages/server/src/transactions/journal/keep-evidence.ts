import type { JournalEntry } from '@keyrack/protocol';
import { ATTENTIONS } from '../../domain/agent-attention.ts';
import type { Operation } from '../../domain/operation.ts';
import type { Agent } from '../../domain/places.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';
import { countEvidence, countExpected, countReportedEntries, countReportedPortions } from './evidence-quota.ts';
import { suspendAgent } from './give-up-journal.ts';
import { hasYetToCatchUp, isRestoreReportedByAgent } from './hold-after-restore.ts';

/**
 * Keeps records that nothing here explains, and flags them for a person; they change nothing. After a restore they are
 * expected; where an agent told of it, many leave a summary of each portion. Otherwise a right agent has few: more of them
 * leave one summary, and the agent is suspended. Returns the operations that this changed.
 */
export function keepEvidence(tx: Tx, agent: Agent, entries: readonly JournalEntry[], now: number): Operation[] {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { propertyId, id } = agent;
  const units = entries.length;
  const isExpected = hasYetToCatchUp(tx, id);
  const room = isExpected ? countExpected(tx, id, units) : countEvidence(tx, id, units, now);
  const isSummed = isExpected && isRestoreReportedByAgent(tx) && countReportedEntries(tx, id, units, now) !== 'within';
  const isTooMuch = room !== 'within' || (isSummed && countReportedPortions(tx, id, now) !== 'within');
  const keep = (details: Readonly<Record<string, unknown>>) =>
    audit(tx, { propertyId, at: now, action: 'agent-records-unexplained', actor: `agent ${id}`, details });
  const current = tx.get('agents', propertyId, id) ?? agent;
  if (isSummed || isTooMuch) keep({ records: units, journal: current.journal, first, last });
  else for (const entry of entries) keep({ ...entry });
  if (isTooMuch) return suspendAgent(tx, current, now, 'too-much-unexplained');
  tx.put('agents', { ...current, attention: ATTENTIONS['unknown-write'] });
  return [];
}
