import { expect, test } from 'vitest';
import { dayAndTimeAt } from '../time/zoned.ts';
import {
  asRequested,
  beginOf,
  endAfter,
  endKeepingNights,
  faultOfEnd,
  firstDay,
  latestEnd,
  nextArrival,
  nightsUntil,
  usualEnd,
} from './validity.ts';

const SHANGHAI = 'Asia/Shanghai';
const at = (local: string) => Date.parse(`${local}:00+08:00`);
const MORNING = at('2026-11-25T09:41');

test('a stay lasts until check-out on the next day, unless told', () => {
  expect(endAfter(1, MORNING, SHANGHAI, '12:00')).toEqual({ day: '2026-11-26', time: '12:00' });
  expect(endAfter(3, MORNING, SHANGHAI, '11:30')).toEqual({ day: '2026-11-28', time: '11:30' });
});

test('who comes after midnight sleeps the night before, and leaves on the same day', () => {
  const night = at('2026-11-25T02:10');
  expect(firstDay(night, SHANGHAI)).toBe('2026-11-24');
  expect(endAfter(1, night, SHANGHAI, '12:00')).toEqual({ day: '2026-11-25', time: '12:00' });
});

test.each([
  ['2026-11-25T09:41', '12:00', '2026-11-26'],
  // Just after midnight a night is the one that has begun, at the desk as in the set-up.
  ['2026-11-25T00:00', '12:00', '2026-11-25'],
  ['2026-11-25T02:10', '12:00', '2026-11-25'],
  ['2026-11-25T04:10', '04:00', '2026-11-26'],
])('a card that is made at %s, where guests leave at %s, is good until %s', (now, time, day) => {
  expect(usualEnd(at(now), SHANGHAI, time)).toEqual({ day, time });
});

test('the day is the property’s, wherever the browser stands', () => {
  expect(firstDay(MORNING, 'Pacific/Auckland')).toBe('2026-11-25');
  expect(firstDay(MORNING, 'America/New_York')).toBe('2026-11-24');
});

test('nights are counted by the calendar, over a change of the clock too', () => {
  const berlin = Date.parse('2026-10-24T16:00:00+02:00');
  expect(nightsUntil({ day: '2026-10-26', time: '12:00' }, berlin, 'Europe/Berlin')).toBe(2);
  expect(nightsUntil({ day: '', time: '12:00' }, MORNING, SHANGHAI)).toBeNull();
});

test.each([
  ['', '12:00', 'incomplete'],
  ['2026-11-26', '', 'incomplete'],
  ['2026-11-25', '09:40', 'past'],
  ['2026-11-25', '09:41', 'past'],
  ['2026-11-25', '09:42', null],
] as const)('an end on %s at %s: %s', (day, time, fault) => {
  expect(faultOfEnd({ day, time }, MORNING, SHANGHAI)).toBe(fault);
});

test('a stay that is sold ahead begins on the next afternoon, and keeps its nights when it is moved', () => {
  expect(nextArrival(MORNING, SHANGHAI)).toEqual({ day: '2026-11-25', time: '15:00' });
  const evening = at('2026-11-25T15:00');
  const next = nextArrival(evening, SHANGHAI);
  expect(next).toEqual({ day: '2026-11-26', time: '15:00' });
  const end = endAfter(1, evening, SHANGHAI, '12:00');
  const begin = beginOf(next, evening, SHANGHAI);
  expect(endKeepingNights(end, evening, begin, SHANGHAI)).toEqual({ day: '2026-11-27', time: '12:00' });
  expect(beginOf({ day: '', time: '15:00' }, evening, SHANGHAI)).toBe(evening);
  expect(faultOfEnd(end, evening, SHANGHAI, begin)).toBe('before');
});

test('a request says it in UTC', () => {
  expect(asRequested({ day: '2026-11-28', time: '12:00' }, SHANGHAI)).toBe('2026-11-28T04:00:00.000Z');
  expect(asRequested({ day: 'x', time: '12:00' }, SHANGHAI)).toBeNull();
});

test('an end that is kept is the card’s own, also in the second of two equal hours', () => {
  const end = '2026-10-25T01:30:00.000Z';
  expect(asRequested(dayAndTimeAt(Date.parse(end), 'Europe/Berlin'), 'Europe/Berlin')).toBe(end);
});

test('the stay ends with the card that ends last', () => {
  expect(latestEnd([])).toBeNull();
  expect(latestEnd([{ validUntil: '2026-11-25T04:00:00Z' }, { validUntil: '2026-11-28T04:00:00Z' }])).toBe(
    Date.parse('2026-11-28T04:00:00Z'),
  );
});
