import { describe, expect, it } from 'vitest';
import { hoursBetween, startOfDay } from './property-hours.ts';

const at = Date.parse;
const told = (from: string, until: string, zone: string) =>
  hoursBetween(at(from), at(until), zone).map(({ at: instant, day, hour }) => {
    return `${new Date(instant).toISOString().slice(5, 16)} = ${day.slice(5)} ${hour}`;
  });

describe('hours of a property', () => {
  it('begin where its own clocks show a full hour, also in a zone with half an hour', () => {
    expect(told('2026-11-30T04:10:00Z', '2026-11-30T06:00:00Z', 'Asia/Kolkata')).toEqual([
      '11-30T03:30 = 11-30 9',
      '11-30T04:30 = 11-30 10',
      '11-30T05:30 = 11-30 11',
    ]);
  });

  it('go on over midnight', () => {
    expect(told('2026-11-30T15:00:00Z', '2026-11-30T17:00:00Z', 'Asia/Shanghai')).toEqual([
      '11-30T15:00 = 11-30 23',
      '11-30T16:00 = 12-01 0',
    ]);
  });

  it.each([
    ['are set on', 'Europe/Berlin', '2026-03-29T00:00:00Z', ['03-29T00:00 = 03-29 1', '03-29T01:00 = 03-29 3']],
    ['are set back', 'Europe/Berlin', '2026-10-25T00:30:00Z', ['10-25T00:00 = 10-25 2', '10-25T01:00 = 10-25 2']],
    [
      'are set back by half an hour',
      'Australia/Lord_Howe',
      '2026-04-04T14:00:00Z',
      ['04-04T14:00 = 04-05 1', '04-04T15:00 = 04-05 1', '04-04T15:30 = 04-05 2'],
    ],
    [
      'are set on by half an hour',
      'Australia/Lord_Howe',
      '2026-10-03T14:30:00Z',
      ['10-03T14:30 = 10-04 1', '10-03T15:30 = 10-04 2', '10-03T16:00 = 10-04 3'],
    ],
  ])('where clocks %s', (_how, zone, from, expected) => {
    const until = new Date(at(from) + 2 * 3_600_000).toISOString();
    expect(told(from, until, zone).slice(0, expected.length)).toEqual(expected);
  });

  it.each([
    ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 23],
    ['Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 25],
    ['America/Santiago', '2026-09-06T04:00:00Z', '2026-09-07T03:00:00Z', 23],
    ['Asia/Shanghai', '2026-11-29T16:00:00Z', '2026-11-30T16:00:00Z', 24],
  ])('of a day in %s from %s to %s are %s', (zone, from, until, hours) => {
    const list = hoursBetween(at(from), at(until), zone);
    expect(list).toHaveLength(hours);
    expect(new Set(list.map(({ day }) => day)).size).toBe(1);
    expect(startOfDay(at(until) - 1, zone)).toBe(at(from));
  });

  it('are none where nothing lies between', () => {
    expect(told('2026-11-30T04:00:00Z', '2026-11-30T04:00:00Z', 'UTC')).toEqual([]);
  });
});
