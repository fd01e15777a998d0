import { type AgentId, type JournalId, type JournalPosition, journalStart } from '@keyrack/protocol';
import { ATTENTIONS } from '../../domain/agent-attention.ts';
import type { Agent, AgentVisit } from '../../domain/places.ts';
import type { Hint } from '../../store/hints.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { beginAbsence } from './agent-absence.ts';
import { noteVisit } from './note-visit.ts';

export interface StartSession {
  readonly propertyId: string;
  readonly agentId: AgentId;
  /** What the agent's proof was checked against: another computer may be this agent by now. */
  readonly provedBy: Pick<Agent, 'tokenHash' | 'publicKey'>;
  /** What the agent says of its journal. */
  readonly journal: { readonly id: JournalId; readonly head: JournalPosition };
  /** What the list of agents tells of this connection. */
  readonly visit: Omit<AgentVisit, 'propertyId' | 'agentId'>;
}

export type StartResult =
  | {
      readonly verdict: 'started';
      readonly session: number;
      /** From where on the agent is to tell its journal. */
      readonly position: JournalPosition;
    }
  | {
      readonly verdict: 'refused';
      readonly cause: 'agent-unknown' | 'not-proved' | 'agent-suspended' | 'agent-revoked';
    };

/**
 * Takes the agent's next session number, so that whatever its earlier connections still say changes nothing. Nothing
 * else: a `hello` may come when its agent has given the connection up and moved on, and what it told of the journal is
 * old by then. It counts when the agent answers on the same connection, which `catchUp` tells.
 */
export function startSession(tx: Tx, { propertyId, agentId, provedBy, journal, visit }: StartSession): StartResult {
  const agent = tx.get('agents', propertyId, agentId);
  if (agent === undefined) return { verdict: 'refused', cause: 'agent-unknown' };
  if (agent.tokenHash !== provedBy.tokenHash || agent.publicKey !== provedBy.publicKey)
    return { verdict: 'refused', cause: 'not-proved' };
  if (agent.state !== 'active') return { verdict: 'refused', cause: `agent-${agent.state}` };
  const session = agent.session + 1;
  const before = tx.get('agentVisits', propertyId, agentId)?.software;
  const isAnother = before !== undefined && before !== visit.software;
  const isOver = isAnother && agent.attention === ATTENTIONS['update-failed'];
  tx.put('agents', { ...agent, session, ...(isOver && { attention: null }) });
  noteVisit(tx, { propertyId, agentId, ...visit });
  return { verdict: 'started', session, position: positionIn(tx, agent, journal) };
}

/** The agent's connection ended. Its next one may have come before this is recorded: the later time counts. */
export function agentLeft(
  tx: Tx,
  { propertyId, agentId, now }: { readonly propertyId: string; readonly agentId: AgentId; readonly now: number },
): void {
  const visit = tx.get('agentVisits', propertyId, agentId);
  if (visit !== undefined && visit.seenAt < now) tx.put('agentVisits', { ...visit, seenAt: now });
  const agent = tx.get('agents', propertyId, agentId);
  if (agent !== undefined) beginAbsence(tx, agent, now);
}

/** Nothing is left to tell of a journal that was given up. */
function positionIn(tx: ReadTx, agent: Agent, { id, head }: StartSession['journal']): JournalPosition {
  if (agent.journal === id && agent.cursor !== null) return agent.cursor;
  const retired = tx.get('retiredJournals', agent.propertyId, agent.id, id) !== undefined;
  return retired ? head : journalStart(id);
}

startSession.hints = (hint: Hint, { propertyId, agentId, journal }: StartSession) => {
  hint.get('agents', propertyId, agentId);
  hint.get('agentVisits', propertyId, agentId);
  hint.get('retiredJournals', propertyId, agentId, journal.id);
};
agentLeft.hints = (hint: Hint, { propertyId, agentId }: Parameters<typeof agentLeft>[1]) => {
  hint.get('agents', propertyId, agentId);
  hint.get('agentVisits', propertyId, agentId);
  hint.get('agentAbsences', propertyId, agentId);
};
