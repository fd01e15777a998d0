import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test.each([
  ['Mei Tan', 'MT'],
  ['ada', 'A'],
  ['王小明', '王'],
  ['Anna Maria de Luca', 'AL'],
  ['  ', ''],
  ['👩‍🍳 Chef', '👩C'],
])('%s is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
