import type { AgentId } from '@keyrack/protocol';
import type { AgentAbsence } from '../domain/agent-absence.ts';
import { AGENT_ABSENCE } from '../domain/limits.ts';
import type { Clock } from './clock.ts';
import type { Read, Run } from './runner.ts';

interface AgentRef {
  readonly propertyId: string;
  readonly id: AgentId;
}

interface AgentPosition {
  readonly propertyId: string;
  readonly agentId: AgentId;
}

export interface AbsenceWatchParts {
  readonly run: Run;
  readonly read: Read;
  readonly clock: Clock;
  readonly isConnected: (agentId: AgentId) => boolean;
  /** How long an agent may be away before people are told. */
  readonly afterMs: number;
  readonly onTold: (absence: AgentAbsence) => void;
  readonly onError: (error: unknown) => void;
}

export interface AbsenceWatch {
  /** Begins; nobody may be connected yet. */
  start(): Promise<void>;
  /** The agent's connection has ended. */
  left(agent: AgentRef): void;
  stop(): void;
}

/**
 * Notices front desks that are offline for long. What is known of them is in the database alone, so that a restart neither
 * repeats nor loses anything. What ends an absence is the agent's own connect (transactions/journal/catch-up.ts).
 *
 * One node: an agent that isn't connected here is away. With several, the one that it left last asks the others first.
 */
export function createAbsenceWatch(parts: AbsenceWatchParts): AbsenceWatch {
  const { run, read, clock, isConnected, afterMs, onTold, onError } = parts;
  /** Agents whose leaving couldn't be recorded, with when that was. */
  const unrecorded = new Map<AgentId, AgentRef & { readonly at: number }>();
  let stopped = false;
  let timer: object | null = null;

  const record = async (agent: AgentRef, at: number): Promise<void> => {
    try {
      await run('agentLeft', { propertyId: agent.propertyId, agentId: agent.id, now: at });
    } catch (error) {
      unrecorded.set(agent.id, { ...agent, at });
      if (!stopped) onError(error);
    }
  };
  const look = async (): Promise<void> => {
    for (const [id, { at, ...agent }] of [...unrecorded]) {
      unrecorded.delete(id);
      if (!isConnected(id)) await record(agent, at);
    }
    while (!stopped) {
      const due = await read('absencesDue', { afterMs, now: clock.now() });
      if (due.length === 0) return;
      const absences = due.map(({ propertyId, agentId }) => ({
        propertyId,
        agentId,
        isConnected: isConnected(agentId),
      }));
      const { told } = await run('judgeAbsences', { absences, afterMs, now: clock.now() });
      for (const absence of told) onTold(absence);
      if (due.length < AGENT_ABSENCE.atOnce) return;
    }
  };
  const wait = (ms: number): void => {
    if (!stopped) timer = clock.setTimeout(lookAgain, ms);
  };
  const lookAgain = (): void => {
    timer = null;
    look().then(
      () => wait(AGENT_ABSENCE.lookEveryMs),
      (error: unknown) => {
        if (!stopped) onError(error);
        wait(AGENT_ABSENCE.lookEveryMs);
      },
    );
  };

  return {
    async start() {
      let after: AgentPosition | null = null;
      do {
        const page: { readonly next: AgentPosition | null } = await run('allAgentsAway', { after, now: clock.now() });
        after = page.next;
      } while (after !== null);
      wait(AGENT_ABSENCE.firstLookMs);
    },
    left: (agent) => void record(agent, clock.now()),
    stop() {
      stopped = true;
      if (timer !== null) clock.clearTimeout(timer);
    },
  };
}
