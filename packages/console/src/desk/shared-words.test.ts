import { expect, test } from 'vitest';
import { sharedWords } from './shared-words.ts';

test.each([
  [['Garden Wing 301', 'Garden Wing 302'], 'Garden Wing '],
  [['Garden Wing 301', 'Garden House 302'], 'Garden '],
  [['301', '302'], ''],
  [['Garden 301', 'Lake 302'], ''],
  [['Suite', 'Suite 2'], ''],
  [['Garden Wing 301'], ''],
  [['客房 301', '客房 302'], '客房 '],
  [[], ''],
])('of %j it is "%s"', (names, shared) => {
  expect(sharedWords(names)).toBe(shared);
});
