import type { AgentId } from '@keyrack/protocol';
import { type Agent, calledName } from './places.ts';

/** What of an agent is shown; what its ETag is made of. */
export interface AgentFacts {
  readonly id: AgentId;
  readonly name: string;
  /** What its computer was called when it was paired. */
  readonly computer: string;
  readonly state: Agent['state'];
  readonly attention: string | null;
}

export function factsOfAgent(agent: Agent): AgentFacts {
  const { id, name: computer, state, attention } = agent;
  return { id, name: calledName(agent), computer, state, attention };
}
