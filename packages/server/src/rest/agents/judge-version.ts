import { compareVersions, validateStrict } from 'compare-versions';
import { type AgentStanding, type ServerProgram, THIS_SERVER } from '../../domain/agent-version.ts';

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
  const own = software.slice(software.lastIndexOf(' ') + 1);
  if (!validateStrict(own)) return null;
  const order = compareVersions(own, version);
  return order < 0 ? 'update-available' : order > 0 ? 'newer' : 'current';
}
