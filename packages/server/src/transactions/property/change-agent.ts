import type { AgentId } from '@keyrack/protocol';
import type { Doer } from '../../domain/caller.ts';
import { factsOfAgent } from '../../domain/desk-facts.ts';
import { isKnown, type KnownTags } from '../../domain/entity-tag.ts';
import type { Agent } from '../../domain/places.ts';
import { type AgentDetail, agentDetail } from '../../queries/agents-page.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { unfinishedOfAgent } from '../journal/give-up-journal.ts';

interface AgentChange {
  readonly propertyId: string;
  readonly agentId: AgentId;
  readonly doer: Doer;
  readonly now: number;
}

export type ChangedAgent =
  | { readonly verdict: 'changed'; readonly detail: AgentDetail }
  | { readonly verdict: 'not-found' | 'changed-meanwhile' };

/** Gives an agent another name; with null it has that of its computer again. Pairing it anew keeps it. */
export function changeAgent(
  tx: Tx,
  input: AgentChange & { readonly name?: string | null | undefined; readonly knownTags: KnownTags },
): ChangedAgent {
  const { propertyId, agentId, name, knownTags, doer, now } = input;
  const agent = tx.get('agents', propertyId, agentId);
  if (agent === undefined || agent.forgotten) return { verdict: 'not-found' };
  if (!isKnown(knownTags, { ...factsOfAgent(agent) })) return { verdict: 'changed-meanwhile' };
  const changed = { ...agent, givenName: name === undefined ? agent.givenName : name };
  if (changed.givenName !== agent.givenName) {
    tx.put('agents', changed);
    const details = { agent: agentId, name: changed.givenName };
    auditOf(tx, doer, { propertyId, at: now, action: 'agent-changed', details });
  }
  return { verdict: 'changed', detail: agentDetail(tx, changed) };
}

export type ForgottenAgent = { readonly verdict: 'forgotten' | 'not-found' | 'not-revoked' | 'something-open' };

/** Takes a revoked agent off the lists. Records and operations name it still. */
export function forgetRevokedAgent(tx: Tx, { propertyId, agentId, doer, now }: AgentChange): ForgottenAgent {
  const agent = tx.get('agents', propertyId, agentId);
  if (agent === undefined || agent.forgotten) return { verdict: 'not-found' };
  if (agent.state !== 'revoked') return { verdict: 'not-revoked' };
  if (hasOpen(tx, agent)) return { verdict: 'something-open' };
  tx.put('agents', { ...agent, forgotten: true });
  const details = { agent: agentId, name: factsOfAgent(agent).name };
  auditOf(tx, doer, { propertyId, at: now, action: 'agent-forgotten', details });
  return { verdict: 'forgotten' };
}

/** Unknown operations that are looked at: a property with more has another trouble. */
const LOOKED_AT = 1_000;

/** Whether nobody knows yet how something ended that this agent was asked for. */
function hasOpen(tx: ReadTx, agent: Agent): boolean {
  if (unfinishedOfAgent(tx, agent).length > 0) return true;
  const unknown = tx.find('operations', 'unknown', [agent.propertyId], { reverse: true, limit: LOOKED_AT });
  return unknown.some(({ agentId, grant }) => (grant?.agentId ?? agentId) === agent.id);
}
