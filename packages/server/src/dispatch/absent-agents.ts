import type { AgentId, OperationId } from '@keyrack/protocol';
import { AGENT_RETURN } from '../domain/limits.ts';
import type { Operation } from '../domain/operation.ts';
import type { Clock } from '../runtime/clock.ts';

export interface AbsentAgentsParts {
  /** By its monotonic time, so that no clock that is set makes anybody wait longer. */
  readonly clock: Clock;
  readonly isConnected: (agentId: AgentId) => boolean;
  /** Whether a connected agent has the operation's encoder. */
  readonly isReachable: (operation: Operation) => boolean;
  /** Ends the operation as offline. */
  readonly refuse: (operation: Operation) => void;
}

/** Agents whose connection has just ended, or that haven't come since the server's start, and what waits for them. */
export interface AbsentAgents {
  /** The agent's last connection ended. */
  left(agentId: AgentId): void;
  /** Whether an agent that isn't connected may be back any moment. */
  isExpected(agentId: AgentId): boolean;
  /** Refuses the operation once nobody is expected with its encoder any more, or after so many milliseconds. */
  refuseUnlessBack(operation: Operation, withinMs: number): void;
  /** The agent is connected, or tells of other encoders than before: what waits for it may have its answer. */
  heard(agentId: AgentId): void;
  /** The operation has ended by itself. */
  over(operation: OperationId): void;
  stop(): void;
}

interface Waiting {
  readonly operation: Operation;
  /** Monotonic milliseconds. */
  readonly until: number;
  timer: object | null;
}

export function createAbsentAgents({ clock, isConnected, isReachable, refuse }: AbsentAgentsParts): AbsentAgents {
  const startedAt = clock.monotonic();
  /** When each agent's connection ended, the earliest first. An agent is forgotten when its time to come back is over. */
  const leftAt = new Map<AgentId, number>();
  const waiting = new Map<OperationId, Waiting>();
  const byAgent = new Map<AgentId, Set<Waiting>>();
  let stopped = false;

  const remainingMs = (agentId: AgentId): number => {
    const sinceConnection = (leftAt.get(agentId) ?? Number.NEGATIVE_INFINITY) + AGENT_RETURN.sinceConnectionMs;
    return Math.max(startedAt + AGENT_RETURN.sinceStartMs, sinceConnection) - clock.monotonic();
  };
  const forget = (each: Waiting) => {
    const { id, agentId } = each.operation;
    if (each.timer !== null) clock.clearTimeout(each.timer);
    waiting.delete(id);
    const others = byAgent.get(agentId);
    others?.delete(each);
    if (others?.size === 0) byAgent.delete(agentId);
  };
  const look = (each: Waiting) => {
    const { operation, until, timer } = each;
    if (timer !== null) clock.clearTimeout(timer);
    each.timer = null;
    // An agent came with the encoder, and was asked for the operations that wait there.
    if (isReachable(operation)) return forget(each);
    const left = Math.min(until - clock.monotonic(), remainingMs(operation.agentId));
    if (left > 0 && !isConnected(operation.agentId)) {
      each.timer = clock.setTimeout(() => look(each), left);
      return;
    }
    forget(each);
    refuse(operation);
  };

  return {
    left(agentId) {
      const now = clock.monotonic();
      leftAt.delete(agentId);
      leftAt.set(agentId, now);
      for (const [earlier, at] of leftAt) {
        if (now - at < AGENT_RETURN.sinceConnectionMs) break;
        leftAt.delete(earlier);
      }
    },
    isExpected: (agentId) => remainingMs(agentId) > 0,
    refuseUnlessBack(operation, withinMs) {
      if (stopped || waiting.has(operation.id)) return;
      const each: Waiting = { operation, until: clock.monotonic() + withinMs, timer: null };
      waiting.set(operation.id, each);
      byAgent.set(operation.agentId, (byAgent.get(operation.agentId) ?? new Set()).add(each));
      look(each);
    },
    heard(agentId) {
      for (const each of [...(byAgent.get(agentId) ?? [])]) look(each);
    },
    over(operation) {
      const each = waiting.get(operation);
      if (each !== undefined) forget(each);
    },
    stop() {
      stopped = true;
      for (const each of [...waiting.values()]) forget(each);
    },
  };
}
