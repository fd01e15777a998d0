import { expect, test } from 'vitest';
import { offsetAfter } from './server-clock.ts';

const HOUR = 3_600_000;

test('one answer tells the clock to the second and the way', () => {
  expect(offsetAfter(null, { sentAt: 1_000, heardAt: 1_200, told: HOUR })).toEqual({
    least: HOUR - 1_200,
    most: HOUR,
  });
});

test('several answers tell it better than one', () => {
  const first = offsetAfter(null, { sentAt: 0, heardAt: 100, told: HOUR });
  const both = offsetAfter(first, { sentAt: 900, heardAt: 950, told: HOUR });
  expect(both).toEqual({ least: HOUR - 100, most: HOUR + 100 });
});

test('a clock that was set counts as it is now', () => {
  const first = offsetAfter(null, { sentAt: 0, heardAt: 100, told: HOUR });
  expect(offsetAfter(first, { sentAt: 200, heardAt: 300, told: 2 * HOUR }).least).toBe(2 * HOUR - 300);
});
