import { describe, expect, test } from 'vitest';
import { listedTimeZone, TIME_ZONES } from './time-zones.ts';

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
