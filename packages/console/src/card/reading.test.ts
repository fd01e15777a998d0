import { describe, expect, test } from 'vitest';
import { atTheDoor, compared, type Reading, verdictOf } from './reading.ts';

const NOW = Date.parse('2026-11-25T01:41:00Z');
const NOON = '2026-11-25T04:00:00.000Z';
const SATURDAY = '2026-11-28T04:00:00.000Z';
const CARD: NonNullable<Reading['card']> = {
  room: 'room',
  validFrom: '2026-11-23T07:02:00.000Z',
  validUntil: NOON,
  sequence: 26506322,
  keyVersion: 4,
  normallyOpen: false,
  networked: false,
  lossReport: false,
  sharedDoors: true,
};
const reading = (state: Reading['state'], change: Partial<Reading> = {}): Reading => ({
  state,
  card: CARD,
  record: { id: 'record', status: 'active', ...CARD },
  differences: [],
  ...change,
});
const KNOWN = { mayOpenUntil: null, stayUntil: NOON };

describe('a card that was read', () => {
  test.each([
    ['opens its room', reading('active'), KNOWN, { kind: 'opens', until: NOON }],
    [
      'ends before the stay',
      reading('active'),
      { ...KNOWN, stayUntil: SATURDAY },
      { kind: 'opensLess', until: NOON, stayUntil: SATURDAY },
    ],
    [
      'is no shorter than the stay for its seconds',
      reading('active'),
      { ...KNOWN, stayUntil: '2026-11-25T04:00:59.000Z' },
      { kind: 'opens', until: NOON },
    ],
    [
      'begins later',
      reading('active', { card: { ...CARD, validFrom: NOON, validUntil: SATURDAY } }),
      KNOWN,
      { kind: 'later', from: NOON },
    ],
    ['has expired', reading('expired'), KNOWN, { kind: 'expired', until: NOON }],
    [
      'is a former guest’s',
      reading('superseded'),
      { ...KNOWN, mayOpenUntil: NOON },
      { kind: 'superseded', mayOpenUntil: NOON },
    ],
    ['was lost', reading('lost'), KNOWN, { kind: 'lost', mayOpenUntil: null }],
    ['was cancelled', reading('cancelled'), KNOWN, { kind: 'cancelled' }],
    ['is known to nobody', reading('unknown', { record: null }), KNOWN, { kind: 'unknown' }],
    ['is blank', reading('blank', { card: null, record: null }), KNOWN, { kind: 'blank' }],
  ] as const)('%s', (_what, read, known, verdict) => {
    expect(verdictOf(read, known, NOW)).toEqual(verdict);
  });
});

test('the door opens until the card’s own end, whatever the stay', () => {
  const verdict = verdictOf(reading('active'), { ...KNOWN, stayUntil: SATURDAY }, NOW);
  expect(atTheDoor(verdict, CARD)).toEqual([
    { from: null, answer: 'opens' },
    { from: NOON, answer: 'expired' },
  ]);
});

test('a former guest’s card may open until a newer one is used, and nothing is promised', () => {
  expect(atTheDoor({ kind: 'superseded', mayOpenUntil: NOON }, CARD)[0]).toEqual({ from: null, answer: 'perhaps' });
  expect(atTheDoor({ kind: 'superseded', mayOpenUntil: null }, CARD)).toEqual([{ from: null, answer: 'superseded' }]);
});

test('of a card that is known to nobody it isn’t said that it is refused', () => {
  expect(atTheDoor({ kind: 'unknown' }, CARD)[0]).toEqual({ from: null, answer: 'perhaps' });
});

test('what differs comes first', () => {
  const rows = compared(
    reading('active', {
      differences: [{ field: 'normallyOpen', card: true, record: false }],
      card: { ...CARD, normallyOpen: true },
    }),
  );
  expect(rows[0]).toEqual({ field: 'normallyOpen', card: true, record: false, differs: true });
  expect(rows.filter(({ differs }) => differs)).toHaveLength(1);
  expect(compared(reading('blank', { card: null }))).toEqual([]);
});
