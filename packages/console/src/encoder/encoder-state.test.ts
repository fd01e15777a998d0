import { expect, test } from 'vitest';
import { aheadOf, desksOf, encoderState, encoderToUse, inOrderOfUse } from './encoder-state.ts';
import type { Encoder } from './encoders.ts';

const waiting = (operation: string): Encoder['queue'][number] => ({
  operation,
  kind: 'issue',
  state: 'accepted',
  acceptedAt: '2026-11-25T01:00:00.000Z',
  deadline: '2026-11-25T01:00:30.000Z',
});

function encoder(id: number, change: Partial<Encoder> = {}): Encoder {
  return {
    id,
    mac: `7C0${id}`,
    name: `Encoder ${id}`,
    toldName: 'Reader',
    agent: { id: 'a', name: 'Front desk 1' },
    presence: 'connected',
    simulated: true,
    disputed: false,
    others: [],
    forSignedIn: false,
    chosen: null,
    queue: [],
    ...change,
  };
}

test.each([
  [{}, { kind: 'ready' }],
  [{ queue: [waiting('a'), waiting('b')] }, { kind: 'busy', waiting: 2 }],
  [{ presence: 'desk-away' }, { kind: 'away' }],
  [{ presence: 'unplugged' }, { kind: 'unplugged' }],
  [{ presence: 'at-no-desk' }, { kind: 'at-no-desk' }],
  [{ disputed: true }, { kind: 'disputed' }],
] as const)('an encoder with %j is %j', (change, state) => {
  expect(encoderState(encoder(1, change as Partial<Encoder>))).toEqual(state);
});

test('in a dispute all front desks are named, and where nobody has it those that tell of it', () => {
  const others = [{ id: 'b', name: 'Lobby' }];
  expect(desksOf(encoder(1, { others }))).toEqual(['Front desk 1', 'Lobby']);
  expect(desksOf(encoder(1, { agent: null, others }))).toEqual(['Lobby']);
});

test('the chosen encoder is used, also while it is away: another one is never taken silently', () => {
  const all = [encoder(1, { presence: 'desk-away' }), encoder(2)];
  expect(encoderToUse(all, 1)?.id).toBe(1);
});

test('without a choice the only one that can be used is, and of several none', () => {
  expect(encoderToUse([encoder(1), encoder(2, { presence: 'unplugged' })], null)?.id).toBe(1);
  expect(encoderToUse([encoder(1), encoder(2)], null)).toBeNull();
  expect(encoderToUse([encoder(1), encoder(2)], 7)).toBeNull();
});

test('those that can be used come first', () => {
  const names = inOrderOfUse([encoder(1, { presence: 'desk-away' }), encoder(3), encoder(2)]).map(({ id }) => id);
  expect(names).toEqual([2, 3, 1]);
});

test('how many come first is what the encoder says', () => {
  const busy = encoder(1, { queue: [waiting('a'), waiting('b')] });
  expect(aheadOf(busy, 'b')).toBe(1);
  expect(aheadOf(busy, 'c')).toBeNull();
});
