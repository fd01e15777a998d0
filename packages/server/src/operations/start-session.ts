import {
  type AgentId,
  type EncoderInfo,
  type InstanceId,
  type JournalId,
  type JournalPosition,
  journalStart,
} from '@keyrack/protocol';
import type { Operation } from '../domain/operation.ts';
import type { Agent } from '../domain/places.ts';
import type { ReadTx, Tx } from '../store/store.ts';
import { attachEncoders } from './attach-encoders.ts';
import { holdEverything, isUnheard } from './hold.ts';
import { audit, change, currentLife } from './record-change.ts';

export interface StartSession {
  readonly propertyId: string;
  readonly agentId: AgentId;
  readonly instance: InstanceId;
  readonly journal: { readonly id: JournalId; readonly head: JournalPosition };
  readonly acknowledged: JournalPosition | null;
  readonly encoders: readonly EncoderInfo[];
  readonly now: number;
}

export type StartResult =
  | {
      readonly verdict: 'started';
      readonly session: number;
      /** `replace`: the journal isn't the one that is known here; the agent begins a new one and connects again. */
      readonly journal: 'continue' | 'replace';
      readonly position: JournalPosition;
      /** Which life of the database this is: sessions that caught up in an earlier one have to do so again. */
      readonly life: number;
      readonly changed: readonly Operation[];
    }
  | {
      readonly verdict: 'refused';
      readonly cause: 'agent-unknown' | 'agent-suspended' | 'agent-revoked';
      readonly changed: readonly Operation[];
    };

export function findAgent(tx: ReadTx, { agentId }: { readonly agentId: AgentId }): Agent | null {
  return tx.find('agents', 'byId', [agentId])[0] ?? null;
}

/**
 * Takes the agent's next session number, so that whatever its earlier connections still say changes nothing, and
 * compares its journal with what is known here (design, "A lost journal", "A restored database").
 */
export function startSession(tx: Tx, input: StartSession): StartResult {
  const known = tx.get('agents', input.propertyId, input.agentId);
  if (known === undefined) return { verdict: 'refused', cause: 'agent-unknown', changed: [] };
  if (known.state !== 'active') return { verdict: 'refused', cause: `agent-${known.state}`, changed: [] };

  const agent: Agent = { ...known, session: known.session + 1, instance: input.instance };
  tx.put('agents', agent);
  attachEncoders(tx, agent, input.encoders, input.now);

  const { id, head } = input.journal;
  const retired = tx.get('retiredJournals', agent.propertyId, agent.id, id) !== undefined;
  if (agent.journal === null || agent.cursor === null) {
    // It was told to replace this journal and didn't get round to it; a copy of it may tell other things.
    return retired ? askToReplace(tx, agent, journalStart(id), []) : adopt(tx, agent, id);
  }
  if (id !== agent.journal) {
    // A journal that was given up must not come back: then two computers claim to be this agent.
    if (retired) return { verdict: 'refused', cause: 'agent-suspended', changed: suspendAgent(tx, agent, input.now) };
    const changed = loseJournal(tx, agent, input.now, 'The agent came with a new journal; the one before is lost.');
    return { ...adopt(tx, tx.get('agents', agent.propertyId, agent.id) ?? agent, id), changed };
  }
  const ahead = input.acknowledged !== null && input.acknowledged.number > agent.cursor.number;
  if (ahead && !isUnheard(tx, agent.id)) holdEverything(tx, input.now);
  if (head.number < agent.cursor.number) {
    const changed = loseJournal(
      tx,
      agent,
      input.now,
      'The journal of the agent is shorter than it was; a new one was begun.',
    );
    return askToReplace(tx, agent, agent.cursor, changed);
  }
  if (head.number === agent.cursor.number && head.hash !== agent.cursor.hash) {
    return { verdict: 'refused', cause: 'agent-suspended', changed: suspendAgent(tx, agent, input.now) };
  }
  return started(tx, agent, 'continue', agent.cursor);
}

type Started = StartResult & { readonly verdict: 'started' };

function started(tx: ReadTx, { session }: Agent, journal: Started['journal'], position: JournalPosition): Started {
  return { verdict: 'started', session, journal, position, life: currentLife(tx), changed: [] };
}

function askToReplace(tx: ReadTx, agent: Agent, position: JournalPosition, changed: readonly Operation[]): Started {
  return { ...started(tx, agent, 'replace', position), changed };
}

function adopt(tx: Tx, agent: Agent, id: JournalId): Started {
  const cursor = journalStart(id);
  tx.put('agents', { ...agent, journal: id, cursor });
  return started(tx, agent, 'continue', cursor);
}

/** What the journal would have told is told by nobody now: open grants become unknown, and a person hears of it. */
function loseJournal(tx: Tx, agent: Agent, now: number, attention: string): Operation[] {
  const changed = giveUpGrants(tx, agent, now);
  retireJournal(tx, agent, now);
  tx.put('agents', { ...agent, journal: null, cursor: null, attention });
  audit(tx, {
    propertyId: agent.propertyId,
    at: now,
    action: 'agent-journal-lost',
    actor: `agent ${agent.id}`,
    details: { journal: agent.journal, cursor: agent.cursor?.number ?? 0 },
  });
  return changed;
}

/** Two computers claim to be this agent. Neither is believed until a person pairs one of them anew. */
export function suspendAgent(tx: Tx, agent: Agent, now: number): Operation[] {
  const changed = giveUpGrants(tx, agent, now);
  const attention = 'Two computers claimed to be this agent (a copied folder?); pair the right one anew.';
  tx.put('agents', { ...agent, state: 'suspended', attention });
  audit(tx, {
    propertyId: agent.propertyId,
    at: now,
    action: 'agent-suspended',
    actor: 'server',
    details: { agent: agent.id, journal: agent.journal },
  });
  return changed;
}

/** The agent's identity ends, or passes to another computer: nobody can tell any more how its open writes ended. */
export function forgetAgent(tx: Tx, agent: Agent, now: number): Operation[] {
  retireJournal(tx, agent, now);
  return giveUpGrants(tx, agent, now);
}

function retireJournal(tx: Tx, agent: Agent, now: number): void {
  if (agent.journal === null) return;
  tx.put('retiredJournals', { propertyId: agent.propertyId, agentId: agent.id, id: agent.journal, retiredAt: now });
}

function giveUpGrants(tx: Tx, agent: Agent, now: number): Operation[] {
  const changed: Operation[] = [];
  for (const operation of openOf(tx, agent)) {
    // A held operation that was never granted here may have been granted in the life that is lost.
    const event =
      operation.state === 'granted'
        ? ({ type: 'lost', cause: 'journal-lost' } as const)
        : ({ type: 'written-off', at: now } as const);
    if (operation.state === 'accepted' && !operation.held) continue;
    const next = change(tx, operation, event, now, 'server');
    if (next !== null) changed.push(next);
  }
  return changed;
}

/** The agent's accepted and granted operations, oldest first. */
export function openOf(tx: ReadTx, agent: Agent): Operation[] {
  const granted = tx.find('operations', 'byAgent', [agent.propertyId, agent.id, 'granted']);
  const accepted = tx.find('operations', 'byAgent', [agent.propertyId, agent.id, 'accepted']);
  return [...granted, ...accepted].sort((a, b) => a.place - b.place);
}
