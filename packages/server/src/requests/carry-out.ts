import type { OperationId } from '@keyrack/protocol';
import type { Refusal } from '../domain/authorise.ts';
import { AGENT_RETURN } from '../domain/limits.ts';
import { isTerminal, type Operation } from '../domain/operation.ts';
import type { AgentPort } from '../runtime/agent-port.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Deadlines } from '../runtime/deadlines.ts';
import type { Outcomes } from '../runtime/outcomes.ts';
import type { Run } from '../runtime/runner.ts';
import { StoreError } from '../store/store.ts';
import type { AcceptResult } from '../transactions/accept/accept-request.ts';
import type { Answer } from './answers.ts';
import { awaitEnd } from './await-end.ts';
import type { HeardCallers } from './heard-callers.ts';

/**
 * How many callers of this node wait for an operation. When one hangs up while another waits, nothing is recorded: most
 * often the other is the same caller's second try, and it hears the end.
 *
 * One node: a second try at another node isn't counted, and the first one's end would be recorded as heard by nobody.
 */
export type Callers = Map<OperationId, number>;

/** Everything that an operation needs on its way from the request to the answer. */
export interface CarryParts {
  readonly run: Run;
  readonly outcomes: Outcomes;
  readonly deadlines: Deadlines;
  readonly agents: AgentPort;
  readonly clock: Clock;
  readonly waits: { readonly cardMs: number; readonly answerMs: number };
  readonly callers: Callers;
  readonly heardCallers: HeardCallers;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
}

/** The answer to a caller, and the value that a success brings. */
export interface Carried<Value> {
  readonly answer: Answer;
  /** Null unless an operation succeeded: a cancel of a card that is blank already needs none. */
  readonly value: Value | null;
}

/**
 * Carries out any request for an operation: accepts it, asks its agent, waits for the outcome, and answers what is true by
 * then.
 */
export async function carryOut<Value>(
  parts: CarryParts,
  accept: (again: boolean) => Promise<AcceptResult>,
  hungUp: AbortSignal,
  tellSuccess: (operation: Operation, joined: boolean) => Promise<Value>,
): Promise<Carried<Value>> {
  const begunAt = parts.clock.monotonic();
  // Nobody knows whether the commit was recorded. Running it again tells: it finds the first run by the operation's id.
  const result = await accept(false).catch((error: unknown) => {
    if (error instanceof StoreError && error.outcome === 'unknown') return accept(true);
    throw error;
  });
  switch (result.verdict) {
    case 'refused':
      if (result.tells !== undefined) parts.heardCallers.recordHeard(result.tells, hungUp);
      return { answer: { outcome: 'refused', refusal: result.refusal }, value: null };
    case 'already-done':
      return { answer: { outcome: 'succeeded', operation: result.operationId, repeat: true }, value: null };
    case 'accepted':
    case 'joined':
  }
  try {
    return await follow(parts, result, begunAt, hungUp, tellSuccess);
  } catch (error) {
    // The operation is recorded, so an answer of "nothing was done" would be wrong. Record that the caller left: the same
    // request then finds this operation, and doesn't start a second one.
    if (!parts.callers.has(result.operation.id))
      await parts.heardCallers.recordNotHeard(result.operation, 'left').catch(() => null);
    const text = `operation ${result.operation.id} is recorded, and what became of it can't be told: send it again.`;
    throw error instanceof StoreError
      ? new StoreError('unknown', text, { cause: error })
      : new Error(text, { cause: error });
  }
}

/** Follows an accepted operation to its answer. @param begunAt monotonic milliseconds before it was accepted */
async function follow<Value>(
  parts: CarryParts,
  accepted: Extract<AcceptResult, { verdict: 'accepted' | 'joined' }>,
  begunAt: number,
  hungUp: AbortSignal,
  tellSuccess: (operation: Operation, joined: boolean) => Promise<Value>,
): Promise<Carried<Value>> {
  const { run, clock, callers, heardCallers, waits } = parts;
  let { operation } = accepted;
  if (!isTerminal(operation)) {
    const { propertyId, id } = operation;
    callers.set(id, (callers.get(id) ?? 0) + 1);
    const failed = new AbortController();
    const ended = awaitEnd(parts, operation, begunAt + waits.answerMs, [hungUp, parts.stopping, failed.signal]);
    try {
      if (operation.state === 'accepted' && parts.outcomes.endOf(id) === undefined) {
        parts.deadlines.watch(operation);
        const asked = await parts.agents.wake(operation, accepted.verdict === 'accepted' ? accepted.prompt : null);
        // Refuse only what this request started: a joined operation goes on for its first caller.
        if (asked !== 'asked' && accepted.verdict === 'accepted') {
          const withinMs = begunAt + waits.cardMs - AGENT_RETURN.leftForCardMs - clock.monotonic();
          if (asked === 'away' && withinMs > 0) parts.agents.refuseUnlessBack(operation, withinMs);
          else await run('refuseOperation', { propertyId, operation: id, cause: 'encoder-offline', now: clock.now() });
        }
      }
      operation = await ended;
    } finally {
      // Where asking the agent threw, stop waiting for the end: the caller is answered with the error.
      // With a reason: without one, each operation would make an exception and its stack trace.
      failed.abort('over');
      leave(callers, id);
    }
  }
  // The caller waited less than the whole time where the server stops.
  const waitedMs = Math.min(waits.answerMs, clock.monotonic() - begunAt);
  const caller = hungUp.aborted ? 'left' : 'told-open';
  if (!isTerminal(operation) && !(caller === 'left' && callers.has(operation.id))) {
    operation = (await heardCallers.recordNotHeard(operation, caller)) ?? operation;
  }
  const answer = answerOf(operation, { cardMs: waits.cardMs, waitedMs });
  const value = answer.outcome === 'succeeded' ? await tellSuccess(operation, accepted.verdict === 'joined') : null;
  // Record this last: from then on, the same request counts as a new one.
  if (isTerminal(operation)) heardCallers.recordHeard(operation, hungUp);
  return { answer, value };
}

function leave(callers: Callers, operation: OperationId): void {
  const left = (callers.get(operation) ?? 1) - 1;
  if (left === 0) callers.delete(operation);
  else callers.set(operation, left);
}

function answerOf(operation: Operation, waits: { readonly cardMs: number; readonly waitedMs: number }): Answer {
  const seconds = (ms: number) => Math.round(ms / 100) / 10;
  const facts = { seconds: seconds(waits.cardMs), serial: operation.serial ?? operation.shown ?? '' };
  switch (operation.state) {
    case 'succeeded':
      return { outcome: 'succeeded', operation: operation.id, repeat: false };
    case 'accepted':
    case 'granted':
    case 'unknown': {
      // Only the card itself tells then: whoever just asks again would be told the same again.
      const isInDoubt = operation.state === 'unknown' && operation.serial !== null;
      const cause = isInDoubt ? 'card-in-doubt' : 'outcome-open';
      const refusal: Refusal = { cause, facts: { ...facts, seconds: seconds(waits.waitedMs) } };
      return { outcome: 'open', operation: operation.id, refusal };
    }
    default:
      return {
        outcome: 'failed',
        operation: operation.id,
        state: operation.state,
        refusal: { cause: operation.cause ?? 'not-carried-out', facts },
      };
  }
}
