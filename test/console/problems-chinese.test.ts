import { PROBLEMS_IN_CHINESE } from '@keyrack/console/problem/problems-chinese.ts';
import { PROBLEMS } from '@keyrack/server/rest/problems.ts';
import { expect, test } from 'vitest';

test('the console has Chinese words for every problem of /v1, and for no other', () => {
  expect(Object.keys(PROBLEMS_IN_CHINESE).sort()).toEqual(Object.keys(PROBLEMS).sort());
});
