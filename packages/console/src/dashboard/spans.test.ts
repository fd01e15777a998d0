import { describe, expect, test } from 'vitest';
import { binsOf, isCut, rangeOfSpan, scaleFor } from './spans.ts';

const ZONE = 'Asia/Shanghai';
const NOW = Date.parse('2026-11-25T01:41:00Z');

const hour = (day: string, of: number, asked = 1) => ({
  at: `${day}T${of}`,
  day,
  hour: of,
  asked,
  succeeded: asked,
  failed: 0,
  withdrawn: 0,
  unknown: 0,
  open: 0,
  kinds: { issue: asked, read: 0, cancel: 0 },
});

describe('a span', () => {
  test.each([
    ['today', '2026-11-24T16:00:00.000Z'],
    ['week', '2026-11-18T16:00:00.000Z'],
    ['month', '2026-10-25T16:00:00.000Z'],
  ] as const)('%s begins at midnight of the property', (span, from) => {
    expect(rangeOfSpan(span, NOW, ZONE)).toEqual({ from, until: '2026-11-25T01:41:00.000Z' });
  });

  test('of a month that clocks were set back in is no longer than the server counts', () => {
    const { from, until } = rangeOfSpan('month', Date.parse('2026-11-20T22:59:00Z'), 'Europe/Berlin');
    expect((Date.parse(until) - Date.parse(from)) / 3_600_000).toBeLessThanOrEqual(31 * 24 + 1);
  });
});

describe('bars', () => {
  test('of today are its hours, those to come too', () => {
    const bins = binsOf([hour('2026-11-25', 0, 2), hour('2026-11-25', 1, 5)], 'today');
    expect(bins).toHaveLength(24);
    expect(bins.map(({ issue }) => issue).slice(0, 3)).toEqual([2, 5, 0]);
  });

  test('of a week are quarters of days, of a month days', () => {
    const hours = [hour('2026-11-24', 5), hour('2026-11-24', 6), hour('2026-11-24', 11), hour('2026-11-25', 0)];
    const told = (span: 'week' | 'month') => binsOf(hours, span).map((bin) => `${bin.day} ${bin.hour}: ${bin.issue}`);
    expect(told('week')).toEqual(['2026-11-24 0: 1', '2026-11-24 6: 2', '2026-11-25 0: 1']);
    expect(told('month')).toEqual(['2026-11-24 0: 3', '2026-11-25 0: 1']);
  });

  test('put an hour that comes twice into one', () => {
    const bins = binsOf([hour('2026-10-25', 2, 1), hour('2026-10-25', 2, 2), hour('2026-10-25', 3)], 'today');
    expect(bins[0]).toMatchObject({ hour: 2, issue: 3 });
  });

  test('of nothing are none', () => expect(binsOf([], 'week')).toEqual([]));
});

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [44, [0, 20, 40, 60]],
  [62_000, [0, 20_000, 40_000, 60_000, 80_000]],
])('a scale up to %d has round numbers', (most, expected) => expect(scaleFor(most)).toEqual(expected));

test.each([
  ['2026-10-25T16:00:00.000Z', 'month', false],
  // Five days of it are a month that was cut, however long they are.
  ['2026-11-20T16:00:00.000Z', 'month', true],
  ['2026-11-18T16:00:00.000Z', 'week', false],
  ['2026-11-24T16:00:00.000Z', 'today', false],
  ['2026-11-24T23:00:00.000Z', 'today', true],
] as const)('what begins at %s leaves a part of the %s out: %s', (from, span, cut) => {
  expect(isCut({ from, until: '2026-11-25T01:41:00.000Z' }, span, ZONE)).toBe(cut);
});
