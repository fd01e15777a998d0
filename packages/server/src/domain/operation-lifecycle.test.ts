import { readFileSync } from 'node:fs';
import { BLANK, contentOf } from '@keyrack/protocol';
import { describe, expect, it } from 'vitest';
import {
  advance,
  isTerminal,
  type Operation,
  type OperationEvent,
  type OperationState,
  remainingMs,
} from './operation.ts';

const ISSUED = contentOf('keyed', new Uint8Array(48).fill(1));
const OTHER = contentOf('keyed', new Uint8Array(48).fill(2));
const grant = {
  nonce: 'n',
  agentId: 'a',
  session: 1,
  instance: 'i',
  serial: '4567',
  before: ISSUED,
  target: BLANK,
  at: 5,
  life: 1,
};
const request = {
  propertyId: 'p',
  id: 'o',
  kind: 'cancel',
  place: 1,
  accountSid: null,
  memberId: 'm',
  cardType: 4,
  encoder: 'e',
  agentId: 'a',
  serial: '4567',
  recordId: null,
  request: 'r',
  acceptedAt: 0,
  deadline: 10,
  held: false,
  caller: 'waiting',
  callerAt: 0,
  reading: null,
};
const STATES: readonly OperationState[] = [
  'accepted',
  'granted',
  'unknown',
  'succeeded',
  'rejected',
  'damaged',
  'expired',
  'withdrawn',
  'written-off',
];
const inState = (state: OperationState, held = false) =>
  ({
    ...request,
    held,
    state,
    grant: state === 'granted' || state === 'unknown' ? grant : null,
    cause: state === 'unknown' ? 'outcome-unknown' : null,
    settledAt: null,
  }) as unknown as Operation;
const EVENTS = [
  { type: 'put-off', cause: 'other-card' },
  { type: 'granted', grant, recordId: null },
  { type: 'granted', grant: { ...grant, at: 10 }, recordId: null },
  { type: 'read', serial: '4567', reading: ISSUED, at: 5 },
  { type: 'refused', cause: 'permission-off', serial: null, at: 5 },
  { type: 'expired', at: 10, waitedMs: 0 },
  { type: 'expired', at: 9, waitedMs: 9 },
  { type: 'expired', at: -3_600_000, waitedMs: 10 },
  { type: 'withdrawn', cause: 'declined', at: 5 },
  { type: 'not-written', cause: 'card-changed', at: 5 },
  { type: 'not-written', cause: 'card-changed', at: 10 },
  ...(['succeeded', 'rejected', 'damaged', 'unknown'] as const).map((outcome) => ({ type: 'result', outcome, at: 5 })),
  { type: 'lost', cause: 'agent-restarted' },
  ...[BLANK, ISSUED, OTHER, 'unreadable'].map((reading) => ({ type: 'settled', reading, at: 5 })),
  { type: 'written-off', at: 5 },
  { type: 'replayed', grant },
] as unknown as OperationEvent[];

/** Every change of state that any event brings about. */
function arrows(held: boolean): Set<string> {
  const found = new Set<string>();
  for (const state of STATES) {
    for (const event of EVENTS) {
      const next = advance(inState(state, held), event);
      if (next !== null && next.state !== state) found.add(`${state} --> ${next.state}`);
    }
  }
  return found;
}

function drawn(): Set<string> {
  const text = readFileSync(new URL('../../../../docs/architecture.md', import.meta.url), 'utf8');
  const drawing = /stateDiagram-v2\n([^`]*)/.exec(text)?.[1] ?? '';
  return new Set(Array.from(drawing.matchAll(/^ +([a-z-]+ --> [a-z-]+)/gm), (match) => match[1] as string));
}

describe('the life of an operation', () => {
  it('is what the architecture draws', () => {
    expect([...arrows(false)].sort()).toEqual([...drawn()].sort());
  });

  it('ends in terminal states, which no event changes', () => {
    for (const state of STATES.filter((each) => isTerminal(inState(each)))) {
      for (const event of EVENTS) expect(advance(inState(state), event)).toBeNull();
    }
  });

  it('while it is held, goes on by what a journal tells alone', () => {
    expect([...arrows(true)].filter((arrow) => arrow.startsWith('accepted')).sort()).toEqual([
      'accepted --> granted',
      'accepted --> written-off',
    ]);
  });

  it('knows no grant at its deadline or after, and no expiry before', () => {
    expect(advance(inState('accepted'), EVENTS[2] as OperationEvent)).toBeNull();
    expect(advance(inState('accepted'), EVENTS[6] as OperationEvent)).toBeNull();
  });

  it('ends a wait by the clock that can’t jump where the other one was set back, and nothing but a wait', () => {
    const expiry = EVENTS[7] as OperationEvent;
    expect(advance(inState('accepted'), expiry)).toMatchObject({ state: 'expired', cause: 'no-card' });
    for (const state of STATES.filter((each) => each !== 'accepted'))
      expect(advance(inState(state), expiry)).toBeNull();
    expect(advance(inState('accepted', true), expiry)).toBeNull();
  });

  it.each([
    ['that goes right', 4, 6],
    ['that was set back by an hour', 4 - 3_600_000, 10],
    ['that was set on by an hour', 3_600_000, 0],
    ['that stood still at its acceptance', 0, 10],
  ])('has as much time left as it had at first, at most, by a clock %s', (_clock, now, remaining) => {
    expect(remainingMs(inState('accepted'), now)).toBe(remaining);
  });
});
