import { expect, test } from 'vitest';
import { parseRange } from './byte-range.ts';

test.each([
  ['bytes=0-', { first: 0, last: 99 }],
  ['bytes=40-', { first: 40, last: 99 }],
  ['bytes=40-49', { first: 40, last: 49 }],
  ['bytes=99-99', { first: 99, last: 99 }],
  ['bytes=40-1000', { first: 40, last: 99 }],
  ['bytes=-1', { first: 99, last: 99 }],
  ['bytes=-1000', { first: 0, last: 99 }],
])('%s of a hundred bytes is %o', (range, expected) => {
  expect(parseRange(range, 100)).toEqual(expected);
});

test.each(['bytes=100-', 'bytes=100-200', 'bytes=-0'])('of %s a hundred bytes have none', (range) => {
  expect(parseRange(range, 100)).toBe('none');
});

test.each([
  undefined,
  '',
  'bytes=-',
  'bytes=5-4',
  'bytes=0-1,5-6',
  'bytes=a-b',
  'bytes=0x1-',
  'lines=0-1',
  'bytes=99999999999999999999-',
])('%s is ignored', (range) => {
  expect(parseRange(range, 100)).toBeNull();
});
