import type { Mac } from '@keyrack/protocol';
import { describe, expect, it } from 'vitest';
import { hoursBetween } from './property-hours.ts';
import { type OperationFact, statisticsOf, successShare } from './statistics.ts';

const MIDNIGHT = Date.parse('2026-11-29T16:00:00Z');
const HOUR = 3_600_000;
const HOURS = hoursBetween(MIDNIGHT, MIDNIGHT + 24 * HOUR, 'Asia/Shanghai');
const LEFT = '7C778A6C7D51' as Mac;
const RIGHT = '7C778A6C7D52' as Mac;

const fact = (change: Partial<OperationFact>): OperationFact => ({
  acceptedAt: MIDNIGHT,
  settledAt: null,
  kind: 'issue',
  state: 'accepted',
  encoder: LEFT,
  cause: null,
  ...change,
});
const done = (tookMs: number, change: Partial<OperationFact> = {}) => {
  const acceptedAt = change.acceptedAt ?? MIDNIGHT;
  return fact({ state: 'succeeded', ...change, acceptedAt, settledAt: acceptedAt + tookMs });
};

describe('statistics', () => {
  it('put each operation into the hour in which it was asked for, to the millisecond', () => {
    const { hours } = statisticsOf(
      [
        fact({ acceptedAt: MIDNIGHT + HOUR - 1 }),
        fact({ acceptedAt: MIDNIGHT + HOUR, kind: 'read' }),
        fact({ acceptedAt: MIDNIGHT + 24 * HOUR - 1, kind: 'cancel' }),
      ],
      HOURS,
    );
    expect(hours).toHaveLength(24);
    expect(hours[0]).toMatchObject({ hour: 0, asked: 1, kinds: { issue: 1, read: 0, cancel: 0 } });
    expect(hours[1]).toMatchObject({ hour: 1, asked: 1, kinds: { issue: 0, read: 1, cancel: 0 } });
    expect(hours[23]).toMatchObject({ day: '2026-11-30', hour: 23, asked: 1, kinds: { cancel: 1 } });
  });

  it.each([
    ['accepted', 'open'],
    ['granted', 'open'],
    ['succeeded', 'succeeded'],
    ['rejected', 'failed'],
    ['damaged', 'failed'],
    ['expired', 'failed'],
    ['withdrawn', 'withdrawn'],
    ['unknown', 'unknown'],
    ['written-off', 'unknown'],
  ] as const)('count what is %s as %s, once', (state, outcome) => {
    const { total } = statisticsOf([fact({ state })], HOURS);
    const { asked, succeeded, failed, withdrawn, unknown, open } = total;
    expect({ asked, succeeded, failed, withdrawn, unknown, open }).toEqual({
      ...{ asked: 1, succeeded: 0, failed: 0, withdrawn: 0, unknown: 0, open: 0 },
      [outcome]: 1,
    });
  });

  it('tell of each encoder how long half and nine of ten took, of those that succeeded alone', () => {
    const facts = [
      ...[9, 1, 8, 2, 7, 3, 6, 4, 5, 100].map((seconds) => done(seconds * 1_000)),
      fact({ state: 'expired', settledAt: MIDNIGHT + HOUR, cause: 'no-card' }),
      done(250, { encoder: RIGHT }),
    ];
    const { encoders, total } = statisticsOf(facts, HOURS);
    expect(encoders).toMatchObject([
      { encoder: LEFT, asked: 11, succeeded: 10, failed: 1, medianMs: 5_000, p90Ms: 9_000 },
      { encoder: RIGHT, asked: 1, medianMs: 250, p90Ms: 250 },
    ]);
    expect(total).toMatchObject({ asked: 12, succeeded: 11, medianMs: 5_000 });
  });

  it('take no time for less than none, where the clock was set back meanwhile', () => {
    expect(statisticsOf([done(-5_000)], HOURS).total).toMatchObject({ medianMs: 0 });
  });

  it('name why operations ended otherwise, the most frequent first, and not why open ones wait', () => {
    const { causes } = statisticsOf(
      [
        fact({ state: 'expired', cause: 'no-card' }),
        fact({ state: 'damaged', cause: 'card-damaged' }),
        fact({ state: 'expired', cause: 'no-card' }),
        fact({ state: 'accepted', cause: 'other-card' }),
      ],
      HOURS,
    );
    expect(causes).toEqual([
      { cause: 'no-card', operations: 2 },
      { cause: 'card-damaged', operations: 1 },
    ]);
  });

  it('of nothing are nothing, and no share', () => {
    const { total, hours, encoders, causes } = statisticsOf([], HOURS);
    expect(total).toMatchObject({ asked: 0, medianMs: null, p90Ms: null });
    expect(hours.every(({ asked }) => asked === 0)).toBe(true);
    expect([encoders, causes]).toEqual([[], []]);
    expect(successShare(total)).toBe(null);
    expect(successShare({ ...total, succeeded: 3, failed: 1, withdrawn: 9 })).toBe(0.75);
  });
});
