import { AGENT_RETURN } from '../domain/limits.ts';
import { isTerminal, type Operation } from '../domain/operation.ts';
import type { AgentPort } from '../runtime/agent-port.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Deadlines } from '../runtime/deadlines.ts';
import type { Outcomes } from '../runtime/outcomes.ts';
import type { Run } from '../runtime/runner.ts';
import type { FirstPrompt } from '../transactions/accept/accept-request.ts';
import { awaitEnd } from './await-end.ts';

/** What /v1 does with operations besides recording them: whoever asks may look later how they end, and needn't wait. */
export interface Operations {
  readonly waits: OperationWaits;
  /** Asks the agent of an operation that has just been accepted. Returns once it is asked, or can't be. */
  begin(accepted: { readonly operation: Operation; readonly prompt: FirstPrompt | null }): Promise<void>;
  /** Waits for the end, at most so many milliseconds, and no longer than the caller and the server are there. */
  ended(operation: Operation, waitMs: number, hungUp: AbortSignal): Promise<Operation>;
}

/** Milliseconds; see `Waits` of card-requests.ts. */
export interface OperationWaits {
  readonly cardMs: number;
  readonly answerMs: number;
  readonly signInIdleMs: number;
}

export interface OperationsParts {
  readonly run: Run;
  readonly outcomes: Outcomes;
  readonly deadlines: Deadlines;
  readonly agents: AgentPort;
  readonly clock: Clock;
  readonly waits: OperationWaits;
}

export function createOperations(parts: OperationsParts): Operations & { stopWaiting(): void } {
  const { run, outcomes, deadlines, agents, clock, waits } = parts;
  const stopping = new AbortController();
  return {
    waits,
    async begin({ operation, prompt }) {
      if (operation.state !== 'accepted' || outcomes.endOf(operation.id) !== undefined) return;
      deadlines.watch(operation);
      const asked = await agents.wake(operation, prompt);
      if (asked === 'asked') return;
      const { propertyId, id } = operation;
      const withinMs = waits.cardMs - AGENT_RETURN.leftForCardMs;
      if (asked === 'away' && withinMs > 0) agents.refuseUnlessBack(operation, withinMs);
      else await run('refuseOperation', { propertyId, operation: id, cause: 'encoder-offline', now: clock.now() });
    },
    async ended(operation, waitMs, hungUp) {
      if (isTerminal(operation)) return operation;
      return awaitEnd(parts, operation, clock.monotonic() + waitMs, [hungUp, stopping.signal]);
    },
    /** The server stops: whoever waits is answered with the operation as it is. */
    stopWaiting: () => stopping.abort('over'),
  };
}
