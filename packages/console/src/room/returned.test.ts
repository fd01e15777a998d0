import { expect, test } from 'vitest';
import { nextToReturn, shownInstead } from './returned.ts';
import type { CardRecord } from './room.ts';

const card = (serial: string | null): CardRecord => ({
  id: `record of ${serial}`,
  serial,
  room: 'room',
  status: 'active',
  validFrom: '2026-11-25T01:41:00.000Z',
  validUntil: '2026-11-27T04:00:00.000Z',
  mayOpenUntil: '2026-11-27T04:00:00.000Z',
  holder: 'Ada',
  gender: null,
  areaCode: null,
  mobile: null,
  normallyOpen: false,
  networked: false,
  duplicateOf: null,
  lossReport: false,
  issuedAt: '2026-11-25T01:41:00.000Z',
  endedAt: null,
});
const CARDS = [card('A'), card('B'), card(null)];

test('cards come back one after the other, and one that nobody knows the plastic of can’t', () => {
  expect(nextToReturn(CARDS, new Set())?.serial).toBe('A');
  expect(nextToReturn(CARDS, new Set(['A']))?.serial).toBe('B');
  expect(nextToReturn(CARDS, new Set(['A', 'B']))).toBeNull();
});

test('one that was waited for in vain comes last', () => {
  expect(nextToReturn(CARDS, new Set(), new Set(['A']))?.serial).toBe('B');
  expect(nextToReturn(CARDS, new Set(['B']), new Set(['A']))?.serial).toBe('A');
});

test.each([
  ['another card of the room is taken instead', 'B', 'B'],
  ['the right one is no other', 'A', null],
  ['one that was taken back already is left alone', 'C', null],
  ['a card of another room is left alone', 'X', null],
  ['nothing lies there', null, null],
])('%s', (_what, shownSerial, instead) => {
  const wanted = [...CARDS, card('C')];
  expect(shownInstead(wanted, new Set(['C']), { serial: 'A', shownSerial })).toBe(instead);
});
