import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTime, isPossibleTime, parseTime } from './property-time.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Shanghai',
  'Africa/Casablanca',
  'Pacific/Apia',
  'UTC',
] as const;

const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString().slice(0, 16));

describe('a time of the wire', () => {
  test.each([
    ['Asia/Shanghai', '2612010403', '2026-11-30T20:03'],
    ['Europe/Berlin', '2601151200', '2026-01-15T11:00'],
    ['Europe/Berlin', '2607151200', '2026-07-15T10:00'],
    ['America/New_York', '2607041200', '2026-07-04T16:00'],
    ['Australia/Lord_Howe', '2601011100', '2026-01-01T00:00'],
    ['Australia/Lord_Howe', '2607011030', '2026-07-01T00:00'],
    ['Africa/Casablanca', '2607011200', '2026-07-01T11:00'],
    ['Pacific/Apia', '2607011300', '2026-07-01T00:00'],
    ['UTC', '0001010000', '2000-01-01T00:00'],
    ['UTC', '9912312359', '2099-12-31T23:59'],
  ])('in %s, %s is %s UTC', (zone, text, utc) => {
    expect(iso(parseTime(text, zone))).toBe(utc);
    expect(formatTime(parseTime(text, zone) ?? 0, zone)).toBe(text);
  });

  test.each([
    // Clocks go from 02:00 to 03:00.
    ['Europe/Berlin', '2603290200', '2026-03-29T01:00', '2603290300'],
    ['Europe/Berlin', '2603290230', '2026-03-29T01:00', '2603290300'],
    ['America/New_York', '2603080259', '2026-03-08T07:00', '2603080300'],
    // By half an hour, from 02:00 to 02:30.
    ['Australia/Lord_Howe', '2610040215', '2026-10-03T15:30', '2610040230'],
    // After Ramadan.
    ['Africa/Casablanca', '2603220230', '2026-03-22T02:00', '2603220300'],
    // The island went over the date line: a whole day is left out.
    ['Pacific/Apia', '1112300000', '2011-12-30T10:00', '1112310000'],
    ['Pacific/Apia', '1112301745', '2011-12-30T10:00', '1112310000'],
  ])('in %s, %s is skipped and means the end of the gap', (zone, text, utc, end) => {
    expect(iso(parseTime(text, zone))).toBe(utc);
    expect(formatTime(parseTime(text, zone) ?? 0, zone)).toBe(end);
  });

  test.each([
    ['Europe/Berlin', '2610250200', '2026-10-25T01:00'],
    ['Europe/Berlin', '2610250230', '2026-10-25T01:30'],
    ['America/New_York', '2611010130', '2026-11-01T06:30'],
    ['Australia/Lord_Howe', '2604050145', '2026-04-04T15:15'],
    // Before Ramadan.
    ['Africa/Casablanca', '2602150230', '2026-02-15T02:30'],
  ])('in %s, %s comes twice and means the later instant', (zone, text, utc) => {
    expect(iso(parseTime(text, zone))).toBe(utc);
    expect(formatTime(parseTime(text, zone) ?? 0, zone)).toBe(text);
  });

  test.each([
    '2613010403',
    '2600010403',
    '2602290403',
    '2602300403',
    '2604310403',
    '2612000403',
    '2612012403',
    '2612010460',
    '261201040',
    '26120104033',
    '26120104o3',
    '-612010403',
    '',
  ])('is refused as %j, which no calendar has', (text) => {
    expect(isPossibleTime(text)).toBe(false);
    expect(parseTime(text, 'Europe/Berlin')).toBe(null);
  });

  test('may be the 29th of February of a leap year', () => {
    expect(iso(parseTime('2802290000', 'UTC'))).toBe('2028-02-29T00:00');
  });

  const anyTime = fc
    .date({ min: new Date('2000-01-02T00:00Z'), max: new Date('2099-12-30T00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString().replace(/^..(..)-(..)-(..)T(..):(..).*$/, '$1$2$3$4$5'));

  test('that exists is written as it was read', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), anyTime, (zone, text) => {
        const instant = parseTime(text, zone);
        if (instant === null) throw new Error(`${text} was refused`);
        const written = formatTime(instant, zone);
        if (written === text) return;
        // It was skipped: a minute before this instant the clocks showed an earlier time than the one that was asked for.
        expect(written > text).toBe(true);
        expect(formatTime(instant - 60_000, zone) < text).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  test('that is written is read as the same minute, or as the later one of two that look alike', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.UTC(2000, 0, 2) / 60_000, max: Date.UTC(2099, 11, 30) / 60_000 }),
        (zone, minute) => {
          const read = (parseTime(formatTime(minute * 60_000, zone), zone) ?? 0) / 60_000;
          expect([0, 30, 60]).toContain(read - minute);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
