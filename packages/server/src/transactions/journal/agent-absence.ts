import type { AgentId } from '@keyrack/protocol';
import { type AgentAbsence, judgeAbsence } from '../../domain/agent-absence.ts';
import type { Agent } from '../../domain/places.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';

interface AgentRef {
  readonly propertyId: string;
  readonly agentId: AgentId;
}

/** The agent isn't connected from now on. One that people were told of stays so; one that never was here isn't missed. */
export function beginAbsence(tx: Tx, { propertyId, id: agentId, state }: Agent, now: number): void {
  if (state !== 'active' || tx.get('agentVisits', propertyId, agentId) === undefined) return;
  if (tx.get('agentAbsences', propertyId, agentId)?.told === true) return;
  tx.put('agentAbsences', { propertyId, agentId, since: now, told: false });
}

/** The agent is connected: who was told of its absence is told of that. */
export function endAbsence(tx: Tx, { propertyId, id: agentId }: Agent, now: number): void {
  const absence = tx.get('agentAbsences', propertyId, agentId);
  if (absence === undefined) return;
  tx.remove('agentAbsences', propertyId, agentId);
  if (!absence.told) return;
  const details = { since: absence.since };
  audit(tx, { propertyId, at: now, action: 'agent-back', actor: `agent ${agentId}`, details });
}

/** The agent won't come again, and nobody is to be told of it any more. */
export function dropAbsence(tx: Tx, { propertyId, id: agentId }: Agent): void {
  if (tx.get('agentAbsences', propertyId, agentId) !== undefined) tx.remove('agentAbsences', propertyId, agentId);
}

const AGENTS_AT_ONCE = 500;

/**
 * Begins the absence of agents that were connected when the server ended without recording that they left; where it did, their
 * time goes on. In pages, at a start: nobody is connected then.
 */
export function allAgentsAway(
  tx: Tx,
  { after, now }: { readonly after: AgentRef | null; readonly now: number },
): { readonly next: AgentRef | null } {
  const begin = after === null ? {} : { after: { propertyId: after.propertyId, id: after.agentId } };
  const agents = tx.find('agents', 'key', [], { ...begin, limit: AGENTS_AT_ONCE });
  for (const agent of agents) {
    if (tx.get('agentAbsences', agent.propertyId, agent.id) === undefined) beginAbsence(tx, agent, now);
  }
  const last = agents.length < AGENTS_AT_ONCE ? undefined : agents.at(-1);
  return { next: last === undefined ? null : { propertyId: last.propertyId, agentId: last.id } };
}

export interface JudgeAbsences {
  readonly absences: readonly (AgentRef & { readonly isConnected: boolean })[];
  readonly afterMs: number;
  readonly now: number;
}

/**
 * Tells of the absences among these that are long by now, each once. Returns those that it told of.
 *
 * Any number of nodes may run it: what one has told, another finds told.
 */
export function judgeAbsences(
  tx: Tx,
  { absences, afterMs, now }: JudgeAbsences,
): { readonly told: readonly AgentAbsence[] } {
  const told: AgentAbsence[] = [];
  for (const { propertyId, agentId, isConnected } of absences) {
    const absence = tx.get('agentAbsences', propertyId, agentId);
    // It came back meanwhile.
    if (absence === undefined) continue;
    const state = tx.get('agents', propertyId, agentId)?.state ?? 'revoked';
    const verdict = judgeAbsence(absence, { state, isConnected, now, afterMs });
    if (verdict === 'over') tx.remove('agentAbsences', propertyId, agentId);
    if (verdict === 'count-anew') tx.put('agentAbsences', { ...absence, since: now });
    if (verdict !== 'tell') continue;
    tx.put('agentAbsences', { ...absence, told: true });
    const details = { agent: agentId, since: absence.since };
    audit(tx, { propertyId, at: now, action: 'agent-offline', actor: 'server', details });
    told.push(absence);
  }
  return { told };
}
