import { describe, expect, test } from 'vitest';
import { isNearlyFull } from './disk-space.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

describe.each([
  ['a tenth of a small disk', 20 * GIB, null, 2 * GIB, 3 * GIB],
  ['5 GiB of a large one', 1_000 * GIB, null, 5 * GIB, 7.5 * GIB],
  ['what the setting says', 20 * GIB, 100 * MIB, 100 * MIB, 150 * MIB],
  ['a setting near the size of the disk', 1_000 * MIB, 900 * MIB, 900 * MIB, 950 * MIB],
])('the limit is %s', (_, sizeBytes, belowBytes, below, end) => {
  const full = (freeBytes: number, was: boolean) => isNearlyFull({ freeBytes, sizeBytes }, { was, belowBytes });
  test.each([
    ['well', below, false, false],
    ['nearly full', below - 1, false, true],
    ['nearly full still, a little above', below, true, true],
    ['nearly full still, just before the end', end - 1, true, true],
    ['well again', end, true, false],
  ])('and the disk is %s', (__, freeBytes, was, expected) => {
    expect(full(freeBytes, was)).toBe(expected);
  });
});
