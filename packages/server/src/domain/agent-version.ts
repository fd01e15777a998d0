import { compareVersions, OLDEST_KEPT_PROTOCOL, type Protocols, SPOKEN_PROTOCOLS } from '@keyrack/protocol';
import { VERSION } from '@keyrack/protocol/version.ts';

/** How an agent's program stands to the server's, with what to do, from the least urgent on. */
export const VERSION_STATES = {
  current: 'Nothing is to be done.',
  'update-available': 'It works, and the server has a newer program for it.',
  'update-soon': 'It works, and the next version of the server refuses it: update it before.',
  'update-needed': 'It is too old, and the server refuses it: update it.',
  newer: 'It is newer than the server, and works: update the server.',
  'server-too-old': 'It is newer than the server understands, and is refused: update the server.',
} as const;

export type VersionState = keyof typeof VERSION_STATES;

export const VERSION_STATE_NAMES = Object.keys(VERSION_STATES) as [VersionState, ...VersionState[]];

export interface ServerProgram {
  readonly version: string;
  readonly speaks: Protocols;
  /** The oldest version of the agent protocol that the next release speaks. */
  readonly keeps: number;
}

const THIS_SERVER: ServerProgram = { version: VERSION, speaks: SPOKEN_PROTOCOLS, keeps: OLDEST_KEPT_PROTOCOL };

/** How what an agent speaks stands to what the server does: `ending` is understood, and the next release refuses it. */
export type AgentStanding = 'accepted' | 'ending' | 'too-old' | 'too-new';

export function standingOf(agent: Protocols, { speaks, keeps }: ServerProgram = THIS_SERVER): AgentStanding {
  if (agent.newest < speaks.oldest) return 'too-old';
  if (agent.oldest > speaks.newest) return 'too-new';
  return agent.newest < keeps ? 'ending' : 'accepted';
}

/** What an agent told of itself when it connected last. */
export interface AgentProgram {
  /** Program and version, e.g. `keyrack-agent 0.1.0`. */
  readonly software: string;
  /** The newest version of the agent protocol that it speaks; null where that isn't known. */
  readonly protocol: number | null;
  /** As it was then: the server may be another one by now. */
  readonly standing: AgentStanding;
}

/** Null where the agent tells no version in a form that can be compared, and its protocol says nothing either. */
export function judgeAgentVersion(
  { software, protocol, standing }: AgentProgram,
  { version, speaks, keeps }: ServerProgram = THIS_SERVER,
): VersionState | null {
  if (protocol !== null) {
    if (protocol < speaks.oldest) return 'update-needed';
    if (protocol < keeps) return 'update-soon';
    if (protocol > speaks.newest && standing === 'too-new') return 'server-too-old';
  }
  const order = compareVersions(software.slice(software.lastIndexOf(' ') + 1), version);
  if (order === null) return null;
  return order < 0 ? 'update-available' : order > 0 ? 'newer' : 'current';
}
