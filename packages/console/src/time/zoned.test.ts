import { expect, test } from 'vitest';
import { dayAndTimeAt, daysLater, instantOf, nightsBetween } from './zoned.ts';

test('a day and a time mean an instant of the zone, there and back', () => {
  const ms = Date.parse('2026-11-27T04:00:00Z');
  expect(dayAndTimeAt(ms, 'Asia/Shanghai')).toEqual({ day: '2026-11-27', time: '12:00' });
  expect(instantOf({ day: '2026-11-27', time: '12:00' }, 'Asia/Shanghai')).toBe(ms);
  expect(instantOf({ day: '2026-11-27', time: '12:00' }, 'America/New_York')).toBe(Date.parse('2026-11-27T17:00:00Z'));
});

test('the hour that is there twice is the first, and one that is left out is still an instant', () => {
  expect(instantOf({ day: '2026-10-25', time: '02:30' }, 'Europe/Berlin')).toBe(Date.parse('2026-10-25T00:30:00Z'));
  expect(instantOf({ day: '2026-03-29', time: '02:30' }, 'Europe/Berlin')).not.toBeNull();
});

test('an instant in the second of two equal hours stays that one until another time is typed', () => {
  for (const [zone, ms] of [
    ['Europe/Berlin', Date.parse('2026-10-25T01:30:00Z')],
    ['America/New_York', Date.parse('2026-11-01T06:30:00Z')],
    ['Australia/Lord_Howe', Date.parse('2026-04-04T15:15:00Z')],
  ] as const) {
    const second = dayAndTimeAt(ms, zone);
    expect(instantOf(second, zone)).toBe(ms);
    expect(instantOf({ day: second.day, time: second.time }, zone)).toBeLessThan(ms);
  }
});

test.each([
  ['', '12:00'],
  ['2026-02-30', '12:00'],
  ['2026-11-27', ''],
  ['27.11.2026', '12:00'],
])('%s %s is no day and time', (day, time) => {
  expect(instantOf({ day, time }, 'Asia/Shanghai')).toBeNull();
});

test('days are counted by the calendar', () => {
  expect(daysLater('2026-12-31', 1)).toBe('2027-01-01');
  expect(daysLater('2028-03-01', -1)).toBe('2028-02-29');
  expect(nightsBetween('2026-10-24', '2026-10-26')).toBe(2);
});
