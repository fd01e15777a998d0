import { expect, test } from 'vitest';
import { madeOldBy } from './topics.ts';

test('a type makes old what asks for such things, and nothing else but the log', () => {
  expect(madeOldBy(['member.changed'])).toEqual(new Set(['audit', 'members', 'me']));
});

test('a type of a later server makes everything old', () => {
  expect(madeOldBy(['member.changed', 'minibar.emptied'])).toBe('all');
});
