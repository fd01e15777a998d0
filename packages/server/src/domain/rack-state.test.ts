import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLater } from './card-life.ts';
import { FLAG } from './issue-image.ts';
import { type CardRecord, newCardRecord } from './places.ts';
import { endOfDay } from './property-days.ts';
import { type RackCard, type RackFacts, type RackOperation, rackState } from './rack-state.ts';

const HOUR = 3_600_000;
/** 14:00 in Shanghai. */
const NOW = Date.parse('2026-11-25T06:00:00Z');
const SHANGHAI = endOfDay(NOW, 'Asia/Shanghai');
const TONIGHT = NOW + 6 * HOUR;
const FRIDAY = NOW + 46 * HOUR;

let ids = 0;
const card = (change: Partial<CardRecord> = {}, facts: Partial<RackCard> = {}): RackCard => {
  ids += 1;
  const place = { propertyId: 'property', id: `record ${ids}`, roomId: 'room', serial: '4567' as never };
  const times = { validFrom: NOW - HOUR, validUntil: FRIDAY, issuedAt: NOW - HOUR, sequence: 100 };
  return { record: newCardRecord({ ...place, ...times, ...change }), mayBeOnPlastic: true, doubt: null, ...facts };
};
const later = (change: Partial<CardRecord> = {}) =>
  card({ begun: false, validFrom: TONIGHT, sequence: 200, ...change });
const at = (facts: Partial<RackFacts>, now = NOW, end = SHANGHAI) =>
  rackState({ cards: [], operations: [], ...facts }, { now, endOfDay: end });
const operation = (change: Partial<RackOperation>): RackOperation => ({
  state: 'accepted',
  cause: null,
  recordId: null,
  ...change,
});

describe('a room', () => {
  test('without cards is vacant, for ever', () => {
    expect(at({})).toEqual({
      ...{ state: 'vacant', cards: 0, outOfUse: 0, until: null, normallyOpen: false, upcoming: 0 },
      ...{ busy: null, attention: null, changesAt: null },
    });
  });

  test('has as many cards out as its guest has, until the last of them ends', () => {
    const cards = [card({ validUntil: TONIGHT }), card(), card({ flags: FLAG.normallyOpen })];
    expect(at({ cards })).toMatchObject({ state: 'out', cards: 3, until: FRIDAY, normallyOpen: true });
  });

  test('expires today when its last card ends before the day does, by the clock of the property', () => {
    const ends = (validUntil: number, zone: string) =>
      at({ cards: [card({ validUntil })] }, NOW, endOfDay(NOW, zone)).state;
    // 14:00 in Shanghai, whose day has ten hours left; in Honolulu it is 20:00 of the day before.
    expect(ends(NOW + 10 * HOUR, 'Asia/Shanghai')).toBe('expires-today');
    expect(ends(NOW + 10 * HOUR + 1, 'Asia/Shanghai')).toBe('out');
    expect(ends(NOW + 4 * HOUR, 'Pacific/Honolulu')).toBe('expires-today');
    expect(ends(NOW + 4 * HOUR + 1, 'Pacific/Honolulu')).toBe('out');
  });

  test('a day with a change of clocks ends with its last hour', () => {
    const autumn = Date.parse('2026-10-25T00:30:00Z');
    expect(endOfDay(autumn, 'Europe/Berlin')).toBe(Date.parse('2026-10-25T23:00:00Z'));
    const spring = Date.parse('2026-03-29T00:30:00Z');
    expect(endOfDay(spring, 'Europe/Berlin')).toBe(Date.parse('2026-03-29T22:00:00Z'));
  });

  test('shows a card that begins later beside, until it begins', () => {
    const cards = [later()];
    expect(at({ cards })).toMatchObject({ state: 'vacant', cards: 0, upcoming: 1, changesAt: TONIGHT });
    expect(at({ cards }, TONIGHT)).toMatchObject({ state: 'out', cards: 1, upcoming: 0 });
  });

  test('shows its next guest once their card begins, also before anybody has noted that', () => {
    const cards = [card(), later()];
    expect(at({ cards }, TONIGHT)).toMatchObject({ state: 'out', cards: 1, outOfUse: 1 });
  });

  test.each(['superseded', 'lost'] as const)('is not vacant while a %s card may open', (status) => {
    const state = { superseded: 'out', lost: 'lost' }[status];
    expect(at({ cards: [card({ status })] })).toMatchObject({ state, cards: 0, outOfUse: 1, until: FRIDAY });
    const elsewhere = card({ status }, { mayBeOnPlastic: false });
    expect(at({ cards: [elsewhere] })).toMatchObject({ state: 'vacant', outOfUse: 0, until: null });
    expect(at({ cards: [card({ status, sequence: 99 }), card()] })).toMatchObject({ cards: 1, outOfUse: 1 });
  });

  test('is of its guest, whatever a superseded card may open', () => {
    const cards = [card({ status: 'superseded', sequence: 99 }), card({ validUntil: TONIGHT })];
    expect(at({ cards })).toMatchObject({ state: 'expires-today', until: TONIGHT });
  });

  test.each([
    ['unknown', { state: 'unknown', cause: 'agent-restarted' as never }, 'agent-restarted'],
    ['unknown without a cause', { state: 'unknown', cause: null }, 'outcome-unknown'],
  ] as const)('wants attention for an operation that is %s', (_, open, attention) => {
    expect(at({ cards: [card()], operations: [operation(open)] })).toMatchObject({ state: 'attention', attention });
  });

  test('wants attention while nobody can tell what a card holds, but not for one that is gone', () => {
    const doubt = { doubt: 'card-damaged' as const };
    expect(at({ cards: [card({}, doubt)] })).toMatchObject({ state: 'attention', attention: 'card-damaged', cards: 1 });
    expect(at({ cards: [card({ status: 'lost' }, doubt)] }).state).toBe('lost');
    expect(at({ cards: [card({ validUntil: NOW }, doubt)] }).state).toBe('vacant');
  });

  test('wants attention for an issue that spoilt its card, until another one is issued', () => {
    const spoilt = card({ status: 'void', issuedAt: NOW - 2 * HOUR }, { doubt: 'card-damaged', mayBeOnPlastic: false });
    expect(at({ cards: [spoilt] }).attention).toBe('card-damaged');
    expect(at({ cards: [spoilt, card()] })).toMatchObject({ state: 'out', attention: null });
    expect(at({ cards: [spoilt, card({ issuedAt: NOW - 3 * HOUR })] }).attention).toBe('card-damaged');
  });

  test('wants attention for a card that was written off, and not for one that is being written', () => {
    const pending = card({ status: 'pending' });
    const recordId = pending.record.id;
    const written = operation({ state: 'granted', recordId });
    expect(at({ cards: [pending], operations: [written] })).toMatchObject({ state: 'vacant', busy: 'writing' });
    expect(at({ cards: [pending], operations: [operation({ recordId })] }).busy).toBe('waiting');
    expect(at({ cards: [pending] })).toMatchObject({ state: 'attention', attention: 'written-off' });
    expect(at({ cards: [card({ status: 'pending', sequence: 0 }, { mayBeOnPlastic: false })] }).state).toBe('vacant');
  });

  test('is writing where one of its operations is, and else waits', () => {
    const waiting = operation({});
    expect(at({ operations: [waiting] })).toMatchObject({ state: 'vacant', busy: 'waiting' });
    expect(at({ operations: [waiting, operation({ state: 'granted' })] }).busy).toBe('writing');
  });
});

describe('whatever the cards of a room are', () => {
  const hours = fc.integer({ min: -60, max: 60 }).map((each) => NOW + each * HOUR);
  const anyCard = fc
    .record({
      validFrom: hours,
      validUntil: hours,
      issuedAt: hours,
      begun: fc.boolean(),
      sequence: fc.integer({ min: 0, max: 6 }),
      status: fc.constantFrom('pending', 'void', 'active', 'superseded', 'lost', 'cancelled' as const),
      mayBeOnPlastic: fc.boolean(),
      doubt: fc.constantFrom(null, null, null, 'card-damaged' as const),
    })
    .map(({ mayBeOnPlastic, doubt, ...record }) =>
      card(record, { doubt, mayBeOnPlastic: mayBeOnPlastic || record.status === 'active' }),
    );
  const anyCards = fc.array(anyCard, { maxLength: 6 });
  const anyOperations = fc.array(
    fc.constantFrom('accepted', 'granted', 'unknown' as const).map((state) => operation({ state })),
    { maxLength: 2 },
  );

  test('it is vacant only where no card may open the door', () => {
    fc.assert(
      fc.property(anyCards, anyOperations, (cards, operations) => {
        const mayOpen = cards.filter(({ record, mayBeOnPlastic }) => {
          const { status, validUntil } = record;
          const opens = status === 'active' || status === 'superseded' || status === 'lost' || status === 'pending';
          return opens && mayBeOnPlastic && validUntil > NOW && !isLater(record, NOW);
        });
        const { state } = at({ cards, operations });
        if (mayOpen.length > 0) expect(state).not.toBe('vacant');
        else expect(['vacant', 'attention']).toContain(state);
      }),
    );
  });

  test('time changes nothing before it says so, and something then or nothing', () => {
    fc.assert(
      fc.property(anyCards, anyOperations, fc.double({ min: 0, max: 1, noNaN: true }), (cards, operations, part) => {
        const { changesAt, ...shown } = at({ cards, operations });
        const until = changesAt ?? NOW + 1_000 * HOUR;
        expect(until).toBeGreaterThan(NOW);
        const meanwhile = Math.min(until - 1, NOW + Math.floor(part * (until - NOW)));
        const { changesAt: next, ...then } = at({ cards, operations }, meanwhile);
        expect(then).toEqual(shown);
        expect(next).toBe(changesAt);
      }),
    );
  });

  test('the order in which they are told makes no difference', () => {
    fc.assert(
      fc.property(anyCards, anyOperations, (cards, operations) => {
        expect(at({ cards: cards.toReversed(), operations })).toEqual(at({ cards, operations }));
      }),
    );
  });
});
