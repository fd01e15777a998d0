import type { AgentId, Mac } from '@keyrack/protocol';
import { type AgentFacts, factsOfAgent } from '../domain/desk-facts.ts';
import { type Agent, type AgentVisit, calledName } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { type Dispute, disputesOf } from './encoder-claims.ts';

/** An agent with what people want to know of it. Nothing that proves it is in here. */
export interface AgentDetail {
  readonly facts: AgentFacts;
  /** Null for one that never connected. */
  readonly visit: AgentVisit | null;
  /** Those that belong to it. */
  readonly encoders: readonly { readonly id: number; readonly mac: Mac; readonly name: string }[];
  /** Those that it tells of and another agent does too. */
  readonly disputes: readonly Dispute[];
}

/** Agents that are looked at for one page: a filter may pass few. */
const LOOKED_AT = 1_000;

/** Agents, the newest first. `next` is where the next page begins; null where this is the last. It may be short. */
export function agentsPage(
  tx: ReadTx,
  {
    propertyId,
    state,
    after,
    limit,
  }: {
    readonly propertyId: string;
    /** Null for any. */
    readonly state: Agent['state'] | null;
    readonly after: { readonly id: string } | null;
    readonly limit: number;
  },
): { readonly agents: AgentDetail[]; readonly next: { readonly id: string } | null } {
  const from = after === null ? {} : { after: { propertyId, id: after.id as AgentId } };
  const looked = tx.find('agents', 'key', [propertyId], { ...from, reverse: true, limit: LOOKED_AT });
  const passed = looked.filter((agent) => !agent.forgotten && (state ?? agent.state) === agent.state);
  const page = passed.slice(0, limit);
  const last = passed.length > limit ? page.at(-1) : looked.length === LOOKED_AT ? looked.at(-1) : undefined;
  return { agents: page.map((agent) => agentDetail(tx, agent)), next: last === undefined ? null : { id: last.id } };
}

export function getAgent(
  tx: ReadTx,
  { propertyId, agentId }: { readonly propertyId: string; readonly agentId: AgentId },
): AgentDetail | null {
  const agent = tx.get('agents', propertyId, agentId);
  return agent === undefined || agent.forgotten ? null : agentDetail(tx, agent);
}

export function agentDetail(tx: ReadTx, agent: Agent): AgentDetail {
  const { propertyId, id } = agent;
  return {
    facts: factsOfAgent(agent),
    visit: tx.get('agentVisits', propertyId, id) ?? null,
    encoders: tx
      .find('encoders', 'byAgent', [propertyId, id])
      .map((encoder) => ({ id: encoder.id, mac: encoder.mac, name: calledName(encoder) })),
    disputes: disputesOf(tx, propertyId, id),
  };
}
