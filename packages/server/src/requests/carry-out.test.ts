import type { OperationId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import type { Operation } from '../domain/operation.ts';
import type { AgentPort } from '../runtime/agent-port.ts';
import { createDeadlines } from '../runtime/deadlines.ts';
import { createOutcomes } from '../runtime/outcomes.ts';
import { createRunner, type Run } from '../runtime/runner.ts';
import { StoreError } from '../store/store.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { AGENT, NOW, openHotel, P, uuid } from '../transactions/testing/hotel.ts';
import { type Carried, type CarryParts, carryOut } from './carry-out.ts';
import { createHeardCallers } from './heard-callers.ts';

const OPERATION = uuid<OperationId>(10);

/** A request on its way at a hotel whose agent is as told, and whose store fails as told. */
async function open(wake: AgentPort['wake'], failing: (name: string) => boolean = () => false) {
  const hotel = await openHotel();
  await hotel.connect();
  const clock = createVirtualClock(NOW);
  const onError = (error: unknown) => {
    throw error;
  };
  const outcomes = createOutcomes(onError);
  const runner = createRunner(hotel.store, outcomes);
  const run: Run = (name, input) =>
    failing(name) ? Promise.reject(new StoreError('aborted', 'the disk is full')) : runner(name, input);
  const watched = new Set<OperationId>();
  const stopping = new AbortController();
  const parts: CarryParts = {
    run,
    outcomes: {
      ...outcomes,
      watch(id, listener) {
        const unwatch = outcomes.watch(id, listener);
        watched.add(id);
        return () => {
          watched.delete(id);
          unwatch();
        };
      },
    },
    deadlines: createDeadlines({ run, read: hotel.store.read, outcomes, clock, onError }),
    agents: { wake, refuseUnlessBack: () => {} },
    clock,
    waits: { cardMs: 20_000, answerMs: 30_000 },
    callers: new Map(),
    heardCallers: createHeardCallers(run, clock, onError),
    stopping: stopping.signal,
  };
  return { hotel, parts, clock, stopping, watched };
}

/** Somebody asks for a cancel there. */
async function ask(...told: Parameters<typeof open>) {
  const opened = await open(...told);
  const accept = () => opened.hotel.askToCancel(OPERATION);
  const carried = carryOut(opened.parts, accept, new AbortController().signal, async () => null);
  return { ...opened, carried };
}

test.each<[string, AgentPort['wake'], (name: string) => boolean]>([
  ['asking the agent fails', () => Promise.reject(new Error('a bug')), () => false],
  ['its refusal cannot be recorded', async () => 'offline', (name) => name === 'refuseOperation'],
])('nobody waits for the outcome any more where %s', async (_, wake, failing) => {
  const { carried, watched, parts } = await ask(wake, failing);
  await expect(carried).rejects.toThrow('is recorded, and what became of it');
  expect([...watched]).toEqual([]);
  expect(parts.callers.size).toBe(0);
});

test.each([
  ['the whole wait', 30_000, 30],
  ['a stop of the server', 4_200, 4.2],
])('an open outcome tells how long it was waited for: until %s', async (_, ms, seconds) => {
  const { carried, clock, stopping, parts } = await ask(async () => 'asked');
  // The grant would end it at its deadline; this one's agent says nothing.
  parts.deadlines.stop();
  await clock.advance(ms);
  stopping.abort();
  const { answer } = await carried;
  expect(answer).toMatchObject({ outcome: 'open', refusal: { cause: 'outcome-open', facts: { seconds } } });
});

test.each([
  ['aborted', [false]],
  ['unknown', [false, true]],
] as const)('a request whose commit ended "%s" is accepted so often, and says so', async (outcome, calls) => {
  const { parts } = await open(async () => 'asked');
  const seen: boolean[] = [];
  const accept = (again: boolean) => {
    seen.push(again);
    return Promise.reject(new StoreError(outcome, 'the commit failed'));
  };
  await expect(carryOut(parts, accept, new AbortController().signal, async () => null)).rejects.toThrow('the commit');
  expect(seen).toEqual(calls);
});

/** What ends an operation in the same group of commits in which somebody was told that it is open. */
const ENDS = {
  'it is withdrawn': ({ run }: CarryParts) =>
    run('withdrawOperation', { propertyId: P, operation: OPERATION, cause: 'declined', actor: 'member', now: NOW }),
  'its agent is revoked': ({ run }: CarryParts) =>
    run('revokeAgent', { propertyId: P, agentId: AGENT, actor: 'owner', now: NOW }),
} as const;

test.each(
  Object.entries(ENDS).flatMap(([name, end]) => [
    { name, end, who: 'asked for it' },
    { name, end, who: 'asks for it again' },
  ]),
)('who $who hears at once that it ended, where $name in the same turn', async ({ end, who }) => {
  const { parts, hotel, clock } = await open(async () => {
    throw new Error('an agent is asked for what has ended');
  });
  let answer: Carried<null>['answer'] | undefined;
  const carry = (id: OperationId) =>
    carryOut(
      parts,
      () => hotel.askToCancel(id, OPERATION),
      new AbortController().signal,
      async () => null,
    ).then((carried) => {
      answer = carried.answer;
    });
  if (who === 'asks for it again') await hotel.accept(OPERATION);
  void carry(who === 'asked for it' ? OPERATION : uuid<OperationId>(11));
  await end(parts);
  await clock.advance(1_000);
  expect(answer).toMatchObject({ outcome: 'failed', operation: OPERATION, state: 'withdrawn' });
  await clock.advance(60_000);
});

test('who is told that a card was changed since has heard it once the answer is out', async () => {
  const { parts, clock } = await open(async () => 'asked');
  const heard: unknown[] = [];
  const tells = { id: OPERATION } as Operation;
  const heardCallers = { ...parts.heardCallers, recordHeard: (operation: Operation) => heard.push(operation.id) };
  const refusal = { cause: 'issued-card-changed' } as const;
  const accept = async () => ({ verdict: 'refused', refusal, tells }) as const;
  const { answer } = await carryOut({ ...parts, heardCallers }, accept, new AbortController().signal, async () => null);
  expect(answer).toEqual({ outcome: 'refused', refusal });
  expect(heard).toEqual([OPERATION]);
  await clock.advance(30_000);
});
