import { expect, test } from 'vitest';
import { timeLeft } from './time-left.ts';

test.each([
  ['begins', 0, { share: 1, seconds: 30 }],
  ['is half over', 15_000, { share: 0.5, seconds: 15 }],
  ['has a moment left', 29_700, { share: 0.01, seconds: 1 }],
  ['is over', 40_000, { share: 0, seconds: 0 }],
  ['begins by a clock that is known too badly', -400, { share: 1, seconds: 30 }],
])('a time that %s counts down within its bounds', (_how, after, left) => {
  expect(timeLeft({ from: 1_000_000, until: 1_030_000 }, 1_000_000 + after)).toEqual(left);
});
