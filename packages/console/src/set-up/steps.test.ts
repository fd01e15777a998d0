import { expect, test } from 'vitest';
import { doneSteps, nextStep, stepAfter } from './steps.ts';

const NOTHING = { rooms: 0, desks: 0, members: 1, issued: false };

test.each([
  [NOTHING, 'rooms'],
  [{ ...NOTHING, rooms: 120 }, 'desk'],
  [{ ...NOTHING, rooms: 120, desks: 1 }, 'members'],
  // Whoever went on without rooms is led back to them.
  [{ ...NOTHING, desks: 1, members: 2, issued: true }, 'rooms'],
  [{ rooms: 1, desks: 1, members: 2, issued: false }, 'card'],
  [{ rooms: 1, desks: 1, members: 2, issued: true }, null],
])('with %o it goes on with %s', (facts, step) => {
  const done = doneSteps(facts);
  expect(done && nextStep(done)).toBe(step);
});

test('nothing is called done before it is known', () => {
  expect(doneSteps({ ...NOTHING, members: null })).toBeNull();
});

test('a step that is left goes on with the next', () => {
  expect(stepAfter('rooms')).toBe('desk');
  expect(stepAfter('card')).toBeNull();
});
