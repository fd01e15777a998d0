import type { AgentId, Mac } from '@keyrack/protocol';
import { type Agent, calledName, type Encoder } from './places.ts';

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

/** What of an encoder people can change; what its ETag is made of. */
export interface EncoderFacts {
  readonly id: number;
  readonly mac: Mac;
  readonly name: string;
  readonly chosen: boolean | null;
}

export function factsOfEncoder(encoder: Encoder): EncoderFacts {
  const { id, mac, chosen } = encoder;
  return { id, mac, name: calledName(encoder), chosen };
}

/** Which of an agent's encoders serves card types 2 and 3: the one that was chosen here, else the one that its agent marks. */
export function markedAmong(encoders: readonly Encoder[]): Encoder | undefined {
  const chosen = encoders.find((each) => each.chosen === true);
  const marked = chosen ?? encoders.find((each) => each.chosen === null && each.forSignedIn);
  return marked?.ownership === 'released' ? undefined : marked;
}
