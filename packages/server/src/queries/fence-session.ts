import type { AgentId } from '@keyrack/protocol';
import type { Agent } from '../domain/places.ts';
import type { Hint } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';

/** What every call on an agent's behalf names: it does nothing unless the session is still the newest. */
export interface SessionRef {
  readonly propertyId: string;
  readonly agentId: AgentId;
  readonly session: number;
}

/** Somebody else speaks for this agent now, or nobody may: the connection is over. */
export interface Fenced {
  readonly verdict: 'fenced';
}
export const FENCED: Fenced = { verdict: 'fenced' };

/** The agent, if this session is its newest and it may act. */
export function fence(tx: ReadTx, { propertyId, agentId, session }: SessionRef): Agent | null {
  const agent = tx.get('agents', propertyId, agentId);
  return agent !== undefined && agent.session === session && agent.state === 'active' ? agent : null;
}

export function hintFence(hint: Hint, { propertyId, agentId }: Omit<SessionRef, 'session'>): void {
  hint.get('agents', propertyId, agentId);
}
