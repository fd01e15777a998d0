import { expect, test } from 'vitest';
import { addedBeyondOwnWork } from './added-time.ts';

test('what the server adds is the rest of the time that an operation took', () => {
  const done = [
    { ms: 5, operationId: 'a' },
    { ms: 9, operationId: 'b' },
  ];
  const ownWork = new Map([
    ['b', 6],
    ['a', 1],
    ['of an earlier round', 4],
  ]);
  expect(addedBeyondOwnWork(done, ownWork)).toEqual({ added: [4, 3], own: [1, 6] });
});

test('a run whose operations are not those of the agents is none', () => {
  const done = [
    { ms: 5, operationId: 'a' },
    { ms: 9, operationId: undefined },
  ];
  expect(() => addedBeyondOwnWork(done, new Map([['a', 1]]))).toThrow('of 2 operations');
});
