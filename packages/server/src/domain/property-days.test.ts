import { describe, expect, test } from 'vitest';
import { daysBetween, rangeOfDays } from './property-days.ts';

describe('days of a property', () => {
  const iso = (instant = 0) => new Date(instant).toISOString().slice(0, 16);
  const hours = (first: string, last: string, zone: string) => {
    const range = rangeOfDays(first, last, zone);
    return range === null ? null : (range.until - range.from) / 3_600_000;
  };

  test('begin and end with its own clocks', () => {
    const range = rangeOfDays('2020-05-25', '2020-05-25', 'Asia/Shanghai');
    expect([iso(range?.from), iso(range?.until)]).toEqual(['2020-05-24T16:00', '2020-05-25T16:00']);
  });

  test.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Africa/Casablanca', '2026-02-15', 25],
    ['Pacific/Apia', '2011-12-30', 0],
    ['Pacific/Apia', '2011-12-31', 24],
    ['Asia/Shanghai', '2026-03-29', 24],
  ])('in %s, %s has %s hours', (zone, day, expected) => expect(hours(day, day, zone)).toBe(expected));

  test('are refused when no calendar has them', () => {
    expect(rangeOfDays('2026-02-29', '2026-03-01', 'UTC')).toBe(null);
    expect(rangeOfDays('2026-02-01', '2026-2-03', 'UTC')).toBe(null);
  });

  test('are counted by the calendar', () => {
    expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
    expect(daysBetween('2026-04-01', '2026-03-01')).toBe(-31);
    expect(daysBetween('2026-04-01', '2026-04-31')).toBe(null);
  });
});
