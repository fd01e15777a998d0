import { describe, expect, test } from 'vitest';
import { listedTimeZone, TIME_ZONES, timeZoneChoices } from './time-zones.ts';

describe('a name that isn’t in the list is refused, since it may stand for a zone that nobody meant', () => {
  test.each([
    'BST',
    'CST',
    'IST',
    'EST',
    'EST5EDT',
    'GMT',
    'UTC',
    'Etc/GMT+8',
    'PRC',
    'Japan',
    'US/Pacific',
    '+08:00',
    'asia/shanghai',
    'Asia/shanghai',
    ' Asia/Shanghai',
    'Asia/Atlantis',
    'constructor',
    '',
  ])('%j', (name) => {
    expect(listedTimeZone(name)).toBeNull();
  });
});

describe('a name of the list is taken', () => {
  test.each(['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata'])(
    '%s',
    (name) => {
      expect(listedTimeZone(name)).toBe(name);
    },
  );

  test.each([
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ])('%s, a name of before, as %s', (old, today) => {
    expect(listedTimeZone(old)).toBe(today);
    expect(TIME_ZONES).not.toContain(old);
  });

  test('and every one is a zone that times can be told in', () => {
    expect(TIME_ZONES.length).toBeGreaterThan(400);
    expect(new Set(TIME_ZONES).size).toBe(TIME_ZONES.length);
    for (const zone of TIME_ZONES) expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  });
});

describe('choices', () => {
  const noon = Date.UTC(2026, 0, 15, 12);
  const of = (zone: string) => timeZoneChoices(noon).find((choice) => choice.zone === zone);

  test('tell the time there now', () => {
    expect(of('Asia/Shanghai')).toEqual({ zone: 'Asia/Shanghai', area: 'Asia', place: 'Shanghai', time: '20:00' });
    expect(of('Asia/Kolkata')?.time).toBe('17:30');
    expect(of('America/New_York')).toMatchObject({ place: 'New York', time: '07:00' });
    expect(timeZoneChoices(Date.UTC(2026, 6, 15, 12)).find(({ zone }) => zone === 'America/New_York')?.time).toBe(
      '08:00',
    );
    expect(timeZoneChoices(Date.UTC(2026, 0, 15, 23)).find(({ zone }) => zone === 'Europe/Berlin')?.time).toBe('00:00');
  });

  test('name a place within a region by the place, as people look for it', () => {
    expect(of('America/Argentina/Buenos_Aires')?.place).toBe('Buenos Aires (Argentina)');
  });

  test('stand together by area, in order, each once', () => {
    const choices = timeZoneChoices(noon);
    const areas = choices.map(({ area }) => area);
    expect(areas).toEqual(areas.toSorted());
    expect(choices.map(({ zone }) => zone).toSorted()).toEqual([...TIME_ZONES].toSorted());
  });
});
