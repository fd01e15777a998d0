import { expect, test } from 'vitest';
import { daysOf } from './kept-days.ts';

test.each([
  ['90', 90],
  [' 1 ', 1],
  ['３０', 30],
  ['3650', 3_650],
  ['0', 'wrong'],
  ['3651', 'wrong'],
  ['1e3', 'wrong'],
  ['', 'wrong'],
  ['-5', 'wrong'],
])('%s', (text, days) => {
  expect(daysOf(text)).toBe(days);
});
