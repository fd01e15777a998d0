import { expect, test } from 'vitest';
import { addressRangesOf } from './address-ranges.ts';

test.each([
  ['', []],
  ['  \n', []],
  ['203.0.113.0/24', ['203.0.113.0/24']],
  ['203.0.113.0/24, 10.0.0.1\n2001:db8::/32', ['203.0.113.0/24', '10.0.0.1', '2001:db8::/32']],
  ['10.0.0.1，10.0.0.1', ['10.0.0.1']],
])('%j names %j', (typed, ranges) => {
  expect(addressRangesOf(typed)).toEqual(ranges);
});
