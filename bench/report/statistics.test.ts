import { describe, expect, test } from 'vitest';
import { median, quantile, spreadOf } from './statistics.ts';

describe('a median', () => {
  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
    [[10, 9, 100], 10],
  ])('of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });
  test('of nothing is no number', () => {
    expect(median([])).toBeNaN();
  });
});

test('a quantile is one of the values, which so large a share does not exceed', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect([0.5, 0.99, 1].map((share) => quantile(values, share))).toEqual([50, 99, 100]);
  expect(quantile([], 0.5)).toBeNaN();
});

test('a spread tells the rounds’ median, and between which values they lay', () => {
  expect(spreadOf([5, 3, 9])).toEqual({ median: 5, least: 3, most: 9, rounds: 3 });
});
