import { describe, expect, test } from 'vitest';
import { growthOf, isUnboundedMemory, type Point, quantile } from './growth.ts';

const MEGABYTE = 1024 * 1024;

/** An hour, minute by minute. */
function hour(valueAt: (minute: number) => number): Point[] {
  return Array.from({ length: 61 }, (_, minute): Point => [minute, valueAt(minute)]);
}

describe('growth', () => {
  test('of a process that warms up in the first minutes and then stays is none', () => {
    const growth = growthOf(hour((minute) => Math.min(minute, 10) * 20 * MEGABYTE));
    expect(growth).toEqual({ from: 200 * MEGABYTE, to: 200 * MEGABYTE, percent: 0 });
    expect(isUnboundedMemory(growth)).toBe(false);
  });

  test('of a process that takes three megabytes more every minute has no bound', () => {
    const growth = growthOf(hour((minute) => (100 + 3 * minute) * MEGABYTE));
    expect(growth.percent).toBeGreaterThan(40);
    expect(isUnboundedMemory(growth)).toBe(true);
  });

  test('is not told by what garbage does between two collections', () => {
    expect(growthOf(hour((minute) => 100 + 40 * (minute % 2))).percent).toBe(0);
  });

  test('of a small process may be large in percent', () => {
    expect(isUnboundedMemory(growthOf(hour((minute) => (20 + minute / 2) * MEGABYTE)))).toBe(false);
  });

  test('can go down', () => {
    expect(growthOf(hour((minute) => 200 - minute)).percent).toBeLessThan(0);
  });

  test.each([[[]], [[[0, 5] as const]]])('of %j is nothing', (points) => {
    expect(growthOf(points).percent).toBe(0);
  });
});

test('a quantile is one of the values, which so many do not exceed', () => {
  const values = [5, 1, 4, 2, 3];
  expect([0.5, 0.99, 0.2].map((share) => quantile(values, share))).toEqual([3, 5, 1]);
  expect(quantile([], 0.5)).toBeUndefined();
});
