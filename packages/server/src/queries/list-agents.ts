import type { Agent, AgentVisit, Encoder } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';

export interface ListedAgent {
  readonly agent: Agent;
  /** Null for one that never connected. */
  readonly visit: AgentVisit | null;
  readonly encoders: readonly Encoder[];
}

/** A property's agents with what people want to know of each. */
export function listAgents(tx: ReadTx, { propertyId }: { readonly propertyId: string }): ListedAgent[] {
  return tx
    .find('agents', 'key', [propertyId])
    .filter(({ forgotten }) => !forgotten)
    .map((agent) => ({
      agent,
      visit: tx.get('agentVisits', propertyId, agent.id) ?? null,
      encoders: tx.find('encoders', 'byAgent', [propertyId, agent.id]),
    }));
}
