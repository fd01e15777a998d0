import { OLDEST_KEPT_PROTOCOL, type Protocols, SPOKEN_PROTOCOLS } from '@keyrack/protocol';
import { VERSION } from '@keyrack/protocol/version.ts';

export interface ServerProgram {
  readonly version: string;
  readonly speaks: Protocols;
  /** The oldest version of the agent protocol that the next release speaks. */
  readonly keeps: number;
}

export const THIS_SERVER: ServerProgram = { version: VERSION, speaks: SPOKEN_PROTOCOLS, keeps: OLDEST_KEPT_PROTOCOL };

/** How what an agent speaks stands to what the server does: `ending` is understood, and the next release refuses it. */
export type AgentStanding = 'accepted' | 'ending' | 'too-old' | 'too-new';

export function standingOf(agent: Protocols, { speaks, keeps }: ServerProgram = THIS_SERVER): AgentStanding {
  if (agent.newest < speaks.oldest) return 'too-old';
  if (agent.oldest > speaks.newest) return 'too-new';
  return agent.newest < keeps ? 'ending' : 'accepted';
}
