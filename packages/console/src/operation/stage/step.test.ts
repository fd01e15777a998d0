import type { Operation } from '@keyrack/sdk';
import { describe, expect, test } from 'vitest';
import type { Encoder } from '../../encoder/encoders.ts';
import { type CopySet, canWithdraw, copiesOf, type Followed, isOver, missingCopies, newerOf, stepOf } from './step.ts';

const OPERATION: Operation = {
  id: 'one',
  kind: 'issue',
  state: 'accepted',
  held: false,
  requester: { kind: 'member', id: 'me', name: 'Mei Tan', account: null },
  room: { id: 'room', name: '1203' },
  encoder: { id: 1, mac: '7C01', name: 'Left encoder' },
  copy: null,
  serial: null,
  cardRecord: 'record',
  shownSerial: null,
  cause: null,
  explanation: null,
  reading: null,
  superseded: [],
  acceptedAt: '2026-11-25T01:41:00.000Z',
  deadline: '2026-11-25T01:41:30.000Z',
  endedAt: null,
};
const ENCODER: Encoder = {
  id: 1,
  mac: '7C01',
  name: 'Left encoder',
  toldName: 'Reader',
  agent: { id: 'desk', name: 'Front desk 1' },
  presence: 'connected',
  simulated: true,
  disputed: false,
  others: [],
  forSignedIn: false,
  chosen: null,
  queue: [],
};
const inQueue = (...operations: string[]): Encoder => ({
  ...ENCODER,
  queue: operations.map((operation) => ({
    operation,
    kind: 'issue',
    state: 'accepted',
    acceptedAt: OPERATION.acceptedAt,
    deadline: OPERATION.deadline,
  })),
});
const ended = (state: Operation['state'], change: Partial<Operation> = {}): Operation => ({
  ...OPERATION,
  state,
  endedAt: '2026-11-25T01:41:08.000Z',
  ...change,
});
const alone = (operation: Operation, encoder: Encoder | null = ENCODER): Followed => ({
  operation,
  set: null,
  encoder,
});
const copy = (number: number, operation: Operation): Operation => ({
  ...operation,
  id: `copy ${number}`,
  copy: { set: 'set', number, of: 3 },
});
const setOf = (state: CopySet['state'], ...operations: Operation[]): CopySet => ({
  id: 'set',
  state,
  of: 3,
  left: 3 - operations.length,
  cause: null,
  explanation: null,
  operations,
  begunAt: OPERATION.acceptedAt,
  endedAt: null,
});

describe('an operation of one card', () => {
  test.each([
    ['waits for a card', alone(OPERATION, inQueue('one')), { kind: 'put', trouble: null }],
    ['is not known at its encoder yet', alone(OPERATION, inQueue('other')), { kind: 'preparing' }],
    ['is told before its encoder is', alone(OPERATION, null), { kind: 'preparing' }],
    ['waits behind others', alone(OPERATION, inQueue('other', 'one')), { kind: 'queued', ahead: 1 }],
    ['waits for its computer', alone(OPERATION, { ...ENCODER, presence: 'desk-away' }), { kind: 'away' }],
    ['waits after a restore', alone({ ...OPERATION, held: true }), { kind: 'held' }],
    [
      'was shown a card that won’t do',
      alone({ ...OPERATION, cause: 'card-occupied' }, inQueue('one')),
      { kind: 'put', trouble: 'card-occupied' },
    ],
    ['writes', alone({ ...OPERATION, state: 'granted' }), { kind: 'writing' }],
    ['is done', alone(ended('succeeded')), { kind: 'done' }],
    ['had no card', alone(ended('expired', { cause: 'no-card' })), { kind: 'failed', cause: 'no-card' }],
    ['was refused', alone(ended('rejected', { cause: 'foreign-card' })), { kind: 'failed', cause: 'foreign-card' }],
    ['tore its card', alone(ended('damaged', { cause: 'card-damaged' })), { kind: 'damaged', cause: 'card-damaged' }],
    [
      'is known to nobody',
      alone({ ...OPERATION, state: 'unknown', cause: 'agent-restarted' }),
      { kind: 'unknown', cause: 'agent-restarted' },
    ],
    ['was withdrawn', alone(ended('withdrawn')), { kind: 'withdrawn' }],
    ['was written off', alone(ended('written-off')), { kind: 'written-off', cause: null }],
  ] as const)('that %s', (_what, followed, step) => {
    expect(stepOf(followed)).toEqual(step);
  });
});

test('it can be withdrawn until a card is written, and not after', () => {
  expect(canWithdraw(stepOf(alone(OPERATION, inQueue('one'))))).toBe(true);
  expect(canWithdraw(stepOf(alone({ ...OPERATION, state: 'granted' })))).toBe(false);
  expect(canWithdraw(stepOf(alone({ ...OPERATION, state: 'unknown' })))).toBe(false);
});

test('what nobody can tell is not over', () => {
  expect(isOver(stepOf(alone({ ...OPERATION, state: 'unknown' })))).toBe(false);
  expect(isOver(stepOf(alone(ended('damaged'))))).toBe(true);
});

describe('copies', () => {
  const first = copy(1, ended('succeeded', { serial: '04AA' }));
  const states = (followed: Followed) => copiesOf(followed).map(({ state }) => state);

  test('between two cards nothing is waited for, and it isn’t done', () => {
    const followed = { operation: first, set: setOf('running', first), encoder: ENCODER };
    expect(stepOf(followed)).toEqual({ kind: 'between' });
    expect(states(followed)).toEqual(['done', 'todo', 'todo']);
  });

  test('after the last card no next one is announced, though the set still tells that it runs', () => {
    const third = copy(3, ended('succeeded', { serial: '04CC' }));
    expect(stepOf({ operation: third, set: setOf('running', first), encoder: ENCODER })).toEqual({ kind: 'done' });
  });

  test('each has a state of its own', () => {
    const second = copy(2, { ...OPERATION, state: 'granted' });
    expect(states({ operation: second, set: setOf('running', first, second), encoder: ENCODER })).toEqual([
      'done',
      'writing',
      'todo',
    ]);
  });

  test('a torn card stops the rest, and those that were made stay', () => {
    const second = copy(2, ended('damaged', { cause: 'card-damaged' }));
    const followed = { operation: second, set: setOf('stopped', first, second), encoder: ENCODER };
    expect(stepOf(followed)).toEqual({ kind: 'damaged', cause: 'card-damaged' });
    expect(states(followed)).toEqual(['done', 'damaged', 'never']);
    expect(missingCopies(followed)).toBe(2);
  });

  test('a restart between two cards stops the rest', () => {
    const followed = { operation: first, set: setOf('stopped', first), encoder: ENCODER };
    expect(stepOf(followed)).toEqual({ kind: 'stopped' });
    expect(states(followed)).toEqual(['done', 'never', 'never']);
  });

  test('three that were made are done', () => {
    const all = [first, copy(2, ended('succeeded')), copy(3, ended('succeeded'))] as const;
    const followed = { operation: all[2], set: setOf('done', ...all), encoder: ENCODER };
    expect(stepOf(followed)).toEqual({ kind: 'done' });
    expect(missingCopies(followed)).toBe(0);
  });
});

test('what has ended never goes back, whichever telling comes later', () => {
  const done = ended('succeeded');
  expect(newerOf(done, OPERATION)).toBe(done);
  expect(newerOf(OPERATION, done)).toBe(done);
  expect(newerOf(undefined, OPERATION)).toBe(OPERATION);
});
