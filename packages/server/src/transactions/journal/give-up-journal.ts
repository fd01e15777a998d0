import { ATTENTIONS } from '../../domain/agent-attention.ts';
import type { Operation } from '../../domain/operation.ts';
import type { Agent } from '../../domain/places.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';
import { change } from '../outcome/record-next-state.ts';
import { countEvidence, forgetEvidence } from './evidence-quota.ts';

/** Gives up a journal that is lost. Nobody can tell any more how its grants ended, so they become unknown, and a person hears of it. */
export function loseJournal(tx: Tx, agent: Agent, now: number, why: 'journal-new' | 'journal-shorter'): Operation[] {
  const changed = giveUpGrants(tx, agent, now);
  retireJournal(tx, agent, now);
  tx.put('agents', { ...agent, journal: null, cursor: null, attention: ATTENTIONS[why] });
  audit(tx, {
    propertyId: agent.propertyId,
    at: now,
    action: 'agent-journal-lost',
    actor: `agent ${agent.id}`,
    details: { journal: agent.journal, cursor: agent.cursor?.number ?? 0 },
  });
  if (countEvidence(tx, agent.id, 1, now) === 'within') return changed;
  const current = tx.get('agents', agent.propertyId, agent.id) ?? agent;
  return [...changed, ...suspendAgent(tx, current, now, 'too-many-journals')];
}

/** Why an agent isn't believed any more. */
type Suspension = 'two-computers' | 'too-much-unexplained' | 'too-many-journals' | 'too-many-restores';

/**
 * The agent isn't believed until a person pairs it anew: two computers claim to be it, or it told what no right one
 * tells.
 */
export function suspendAgent(tx: Tx, agent: Agent, now: number, why: Suspension = 'two-computers'): Operation[] {
  const changed = giveUpGrants(tx, agent, now);
  tx.put('agents', { ...agent, state: 'suspended', attention: ATTENTIONS[why] });
  audit(tx, {
    propertyId: agent.propertyId,
    at: now,
    action: 'agent-suspended',
    actor: 'server',
    details: { agent: agent.id, journal: agent.journal, why },
  });
  return changed;
}

/** The agent's identity ends, or passes to another computer: nobody can tell any more how its open writes ended. */
export function forgetAgent(tx: Tx, agent: Agent, now: number): Operation[] {
  retireJournal(tx, agent, now);
  forgetEvidence(tx, agent.id);
  return giveUpGrants(tx, agent, now);
}

function retireJournal(tx: Tx, agent: Agent, now: number): void {
  if (agent.journal === null) return;
  tx.put('retiredJournals', { propertyId: agent.propertyId, agentId: agent.id, id: agent.journal, retiredAt: now });
}

function giveUpGrants(tx: Tx, agent: Agent, now: number): Operation[] {
  const changed: Operation[] = [];
  for (const operation of unfinishedOfAgent(tx, agent)) {
    // A held operation that was never granted here may have been granted in the epoch that is lost.
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
export function unfinishedOfAgent(tx: ReadTx, agent: Agent): Operation[] {
  return tx.find('operations', 'openByAgent', [agent.propertyId, agent.id]);
}
