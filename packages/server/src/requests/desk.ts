import type { OperationId } from '@keyrack/protocol';
import type { Refusal } from '../domain/authorise.ts';
import { isTerminal, type Operation } from '../domain/operation.ts';
import type { AgentPort } from '../runtime/agent-port.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Credentials } from '../runtime/credentials.ts';
import type { Deadlines } from '../runtime/deadlines.ts';
import type { Outcomes } from '../runtime/outcomes.ts';
import type { Run } from '../runtime/runner.ts';
import { PURPOSE, type Sealer } from '../runtime/sealed-secret.ts';
import { StoreError } from '../store/store.ts';
import type { AcceptResult } from '../transactions/accept/accept-operation.ts';
import type { Answer, CardRequest, Desk } from './answers.ts';
import { createToldCallers, type ToldCallers } from './told-callers.ts';

/** How long things wait. Milliseconds. */
export interface Waits {
  /** For a card on the encoder: from acceptance to deadline. */
  readonly cardMs: number;
  /** For an answer to the caller; longer than `cardMs`, so that an open outcome is rare. */
  readonly answerMs: number;
  /** A sign-in without activity for this long has ended. */
  readonly signInIdleMs: number;
}

export interface DeskParts {
  readonly run: Run;
  readonly outcomes: Outcomes;
  readonly deadlines: Deadlines;
  readonly credentials: Credentials;
  readonly agents: AgentPort;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly waits: Waits;
}

export function createDesk(parts: DeskParts): Desk & { stopWaiting(): void } {
  const { run, credentials, sealer, clock, waits } = parts;
  const stopping = new AbortController();
  const callers: Callers = new Map();
  const told = createToldCallers(run, clock);

  /** The part that every request has in common, as a transaction wants it. */
  const inputOf = ({ propertyId, accountSid, member, encoder, request }: CardRequest) => {
    const now = clock.now();
    return {
      id: parts.newId() as OperationId,
      now,
      deadline: now + waits.cardMs,
      idleMs: waits.signInIdleMs,
      propertyId,
      accountSid,
      memberId: member.id,
      memberVersion: member.version,
      encoder,
      request,
    };
  };
  const carry = (accept: () => Promise<AcceptResult>, propertyId: string, hungUp: AbortSignal) =>
    carryOut(parts, callers, told, accept, propertyId, hungUp, stopping.signal);

  return {
    async findAccount(sid) {
      const account = await run('findAccount', { sid });
      if (account === null) return undefined;
      const token = Buffer.from(sealer.open(account.sealedToken, PURPOSE.accountToken)).toString('utf8');
      return { sid: account.sid, name: account.name, suspended: account.state === 'suspended', token };
    },
    async findProperty(accountSid, number) {
      return (await run('findProperty', { accountSid, number })) ?? undefined;
    },
    checkMember: credentials.checkMember,
    countBadSignature: (accountSid) => credentials.accounts.fail(accountSid),
    accountClosed: (accountSid) => credentials.accounts.closed(accountSid),
    async cancelCard(request, hungUp) {
      const { serial, cardType, propertyId } = request;
      const input = { ...inputOf(request), serial, cardType };
      return (await carry(() => run('acceptCancel', input), propertyId, hungUp)).answer;
    },
    async readCard(request, hungUp) {
      const { cardType, propertyId } = request;
      const input = { ...inputOf(request), cardType };
      const { answer, operation } = await carry(() => run('acceptRead', input), propertyId, hungUp);
      if (answer.outcome !== 'succeeded') return answer;
      const { serial = null, reading = null } = operation ?? {};
      if (serial === null || reading === null) throw new Error(`read ${answer.operation} succeeded without a reading`);
      const card = await run('describeCard', { propertyId, serial, reading, now: clock.now() });
      return { ...answer, value: { serial, card } };
    },
    async issueCard(request, hungUp) {
      const { propertyId, member: _member, ...wanted } = request;
      const input = { ...wanted, ...inputOf(request), recordId: parts.newId() };
      const { answer, operation } = await carry(() => run('acceptIssue', input), propertyId, hungUp);
      if (answer.outcome !== 'succeeded') return answer;
      const { serial = null, recordId = null } = operation ?? {};
      if (serial === null || recordId === null) throw new Error(`issue ${answer.operation} succeeded without a card`);
      const superseded = await run('listSuperseded', { propertyId, operation: answer.operation as OperationId });
      return { ...answer, value: { serial, recordId, superseded } };
    },
    listEncoders: (propertyId) => run('listEncoders', { propertyId }),
    listRooms: (propertyId) => run('listRooms', { propertyId }),
    listRecords: (query) => run('listRecords', query),
    /** The server stops: every caller that still waits is told that the outcome is open. */
    stopWaiting: () => {
      stopping.abort();
      told.stop();
    },
  };
}

/**
 * How many callers of this node wait for an operation. One that hangs up while another waits leaves nobody untold: most
 * often the other is its own second try.
 */
type Callers = Map<OperationId, number>;

/** The road of every operation: accept it, ask its agent, wait for the outcome, and answer what is true by then. */
async function carryOut(
  parts: DeskParts,
  callers: Callers,
  told: ToldCallers,
  accept: () => Promise<AcceptResult>,
  propertyId: string,
  hungUp: AbortSignal,
  stopping: AbortSignal,
): Promise<{ readonly answer: Answer; readonly operation: Operation | null }> {
  const { run, clock, waits } = parts;
  const answerBy = clock.monotonic() + waits.answerMs;
  // Whether it was recorded can be told by asking again: the repeat joins what it finds.
  const result = await accept().catch((error: unknown) => {
    if (error instanceof StoreError && error.outcome === 'unknown') return accept();
    throw error;
  });
  if (result.verdict === 'refused') {
    return { answer: { outcome: 'refused', refusal: result.refusal }, operation: null };
  }
  if (result.verdict === 'already-done') {
    return { answer: { outcome: 'succeeded', operation: result.operationId, repeat: true }, operation: null };
  }
  let { operation } = result;
  if (!isTerminal(operation)) {
    callers.set(operation.id, (callers.get(operation.id) ?? 0) + 1);
    const ended = awaitEnd(parts, operation, answerBy, AbortSignal.any([hungUp, stopping])).finally(() =>
      leave(callers, operation.id),
    );
    if (operation.state === 'accepted') {
      parts.deadlines.watch(operation.deadline);
      const asked = await parts.agents.wake(operation);
      if (asked === 'offline' && result.verdict === 'accepted') {
        await run('refuse', { propertyId, operation: operation.id, cause: 'encoder-offline', now: clock.now() });
      }
    }
    operation = await ended;
  }
  const caller = hungUp.aborted ? 'left' : 'told-open';
  if (!isTerminal(operation) && !(caller === 'left' && callers.has(operation.id))) {
    operation =
      (await run('noteCaller', { propertyId, operation: operation.id, caller, now: clock.now() })) ?? operation;
  }
  if (isTerminal(operation)) told.telling(operation, hungUp);
  return { answer: answerOf(operation, waits), operation };
}

function leave(callers: Callers, operation: OperationId): void {
  const left = (callers.get(operation) ?? 1) - 1;
  if (left === 0) callers.delete(operation);
  else callers.set(operation, left);
}

/** Resolves with the operation when it has ended, the wait is over, or the caller has gone. */
function awaitEnd(
  { outcomes, clock }: DeskParts,
  operation: Operation,
  until: number,
  giveUp: AbortSignal,
): Promise<Operation> {
  return new Promise((resolve) => {
    let latest = operation;
    const stop = () => {
      unsubscribe();
      clock.clearTimeout(timer);
      giveUp.removeEventListener('abort', stop);
      resolve(latest);
    };
    const unsubscribe = outcomes.watch(operation.id, (news) => {
      latest = news;
      if (isTerminal(news)) stop();
    });
    const timer = clock.setTimeout(stop, Math.max(0, until - clock.monotonic()));
    giveUp.addEventListener('abort', stop);
    if (giveUp.aborted) stop();
  });
}

function answerOf(operation: Operation, waits: Waits): Answer {
  const seconds = (ms: number) => Math.round(ms / 100) / 10;
  const facts = { seconds: seconds(waits.cardMs), serial: operation.serial ?? '' };
  switch (operation.state) {
    case 'succeeded':
      return { outcome: 'succeeded', operation: operation.id, repeat: false };
    case 'accepted':
    case 'granted':
    case 'unknown': {
      const refusal: Refusal = { cause: 'outcome-open', facts: { seconds: seconds(waits.answerMs) } };
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
