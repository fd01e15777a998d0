import type { AgentMessage } from '@keyrack/protocol';
import { type AgentQuotas, MESSAGE_WORK } from '../domain/limits.ts';
import { type Bucket, refill } from '../domain/token-bucket.ts';
import type { Clock } from '../runtime/clock.ts';

/** What each agent may still take of the database, over all of its connections. */
export interface AgentShares {
  /** Counts work that is done all the same: it may leave the share in debt. */
  spend(agentId: string, units: number): void;
  /** Milliseconds until the agent's debt is paid; 0 where it has none. */
  waitMs(agentId: string): number;
  /** Forgets the agents that have their whole share again. */
  sweep(): void;
}

/**
 * The share of each agent: it holds `burst` units of work and gains `perSecond`.
 *
 * One node: an agent has one connection at a time, so a share at each of several nodes would gain it little.
 */
export function createAgentShares(
  clock: Pick<Clock, 'monotonic'>,
  { burst, perSecond }: Pick<AgentQuotas, 'burst' | 'perSecond'>,
): AgentShares {
  const limits = { burst, perMs: perSecond / 1_000 };
  const levels = new Map<string, Bucket>();
  const levelOf = (agentId: string) => refill(levels.get(agentId), limits, clock.monotonic());
  return {
    spend(agentId, units) {
      const level = levelOf(agentId);
      levels.set(agentId, { ...level, units: level.units - units });
    },
    waitMs: (agentId) => Math.ceil(Math.max(0, (-levelOf(agentId).units * 1_000) / perSecond)),
    sweep() {
      for (const agentId of [...levels.keys()]) if (levelOf(agentId).units >= burst) levels.delete(agentId);
    },
  };
}

/** The work that a message makes, in units. `length`: its characters. */
export function workOf(message: AgentMessage, length: number): number {
  const each = 1 + Math.floor(length / MESSAGE_WORK.bytes);
  switch (message.type) {
    case 'hello':
      return each + MESSAGE_WORK.hello + MESSAGE_WORK.encoder * message.encoders.length;
    case 'encoders':
      return each + MESSAGE_WORK.encoder * message.encoders.length;
    case 'sign-in':
    case 'sign-out':
      return each + MESSAGE_WORK.signIn;
    default:
      return each;
  }
}
