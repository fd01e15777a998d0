import { type JournalId, type JournalPosition, type JournalRecord, journalStart } from '@keyrack/protocol';
import { EVIDENCE } from '../../domain/limits.ts';
import type { Operation } from '../../domain/operation.ts';
import type { Agent } from '../../domain/places.ts';
import type { Tx } from '../../store/store.ts';
import type { Changes } from './changes.ts';
import { countEvidence } from './evidence-quota.ts';
import { loseJournal, suspendAgent, unfinishedOfAgent } from './give-up-journal.ts';
import { hasYetToCatchUp, holdUnfinished } from './hold-after-restore.ts';

/** What an agent tells of its journal when it connects. */
export interface ReportedJournal {
  readonly id: JournalId;
  readonly head: JournalPosition;
  /** The last position that the server acknowledged in it, as far as the agent knows. */
  readonly acknowledged: JournalPosition | null;
}

export type Compared = Changes &
  (
    | {
        /** It is the journal that is known here, from now on at the latest. */
        readonly verdict: 'continue';
        readonly agent: Agent & { readonly cursor: JournalPosition };
      }
    /** It isn't, and the agent begins a new one. */
    | { readonly verdict: 'replace' }
    /** Two computers claim to be this agent. */
    | { readonly verdict: 'suspended' }
  );

/**
 * Compares an agent's journal with what is known of it (docs/architecture.md, "What makes it right when something dies").
 * @param records the records that come with it: some may be newer than the head that the agent named in its `hello`
 */
export function compareJournal(
  tx: Tx,
  agent: Agent,
  reported: ReportedJournal,
  records: readonly JournalRecord[],
  now: number,
): Compared {
  const { id, acknowledged } = reported;
  const last = records.at(-1);
  const head = last !== undefined && last.number > reported.head.number ? last : reported.head;
  const retired = tx.get('retiredJournals', agent.propertyId, agent.id, id) !== undefined;
  const { cursor } = agent;
  if (agent.journal === null || cursor === null) {
    // The agent was told to replace this journal and hasn't yet. A copy of it may tell other things, so it isn't taken up.
    return retired ? { verdict: 'replace', changed: [] } : adopt(tx, agent, id, []);
  }
  if (id !== agent.journal) {
    // A journal that was given up must not come back: then two computers claim to be this agent.
    if (retired) return { verdict: 'suspended', changed: suspendAgent(tx, agent, now) };
    const changed = loseJournal(tx, agent, now, 'journal-new');
    return adopt(tx, tx.get('agents', agent.propertyId, agent.id) ?? agent, id, changed);
  }
  if (tellsTooManyRestores(tx, { ...agent, cursor }, acknowledged, now)) {
    return { verdict: 'suspended', changed: suspendAgent(tx, agent, now, 'too-many-restores') };
  }
  const ahead = acknowledged !== null && acknowledged.number > cursor.number;
  if (ahead && !hasYetToCatchUp(tx, agent.id)) holdUnfinished(tx, now);
  if (head.number < cursor.number) {
    return { verdict: 'replace', changed: loseJournal(tx, agent, now, 'journal-shorter') };
  }
  if (head.number === cursor.number && head.hash !== cursor.hash) {
    return { verdict: 'suspended', changed: suspendAgent(tx, agent, now) };
  }
  return { verdict: 'continue', agent: { ...agent, cursor }, changed: [] };
}

/**
 * Whether this agent tells of more restores than one may: each holds up every property. What this agent has unfinished is held
 * all the same, since it may have been carried out in the epoch that is lost.
 */
function tellsTooManyRestores(
  tx: Tx,
  agent: Agent & { readonly cursor: JournalPosition },
  acknowledged: JournalPosition | null,
  now: number,
): boolean {
  const tells = acknowledged !== null && acknowledged.number > agent.cursor.number && !hasYetToCatchUp(tx, agent.id);
  if (!tells || countEvidence(tx, agent.id, EVIDENCE.restore, now) === 'within') return false;
  for (const operation of unfinishedOfAgent(tx, agent)) tx.put('operations', { ...operation, held: true });
  return true;
}

function adopt(tx: Tx, agent: Agent, id: JournalId, changed: readonly Operation[]): Compared {
  const adopted = { ...agent, journal: id, cursor: journalStart(id) };
  tx.put('agents', adopted);
  return { verdict: 'continue', agent: adopted, changed };
}
