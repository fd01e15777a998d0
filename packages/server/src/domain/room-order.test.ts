import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLater, wasIssued } from './card-life.ts';
import type { Holder } from './guest.ts';
import { FLAG } from './issue-image.ts';
import { type CardRecord, newCardRecord } from './places.ts';
import { foreseeStops, NUMBERS_A_MINUTE, placeInOrder } from './room-order.ts';

const MINUTE_MS = 60_000;
const NOW = 1_700_000_040_000;
const numberAt = (instant: number) => NUMBERS_A_MINUTE * (instant / MINUTE_MS);
const FIRST = numberAt(NOW);
const TONIGHT = NOW + 8 * 3_600_000;
const LAST = FIRST - 60;
const TOMORROW = NOW + 24 * 3_600_000;
const NEXT_WEEK = NOW + 7 * 24 * 3_600_000;

const nobody: Holder = { owner: null, ownerAreaCode: null, ownerMobile: null, validUntil: TONIGHT };

function cardOf(holder: Partial<Holder>, change: Partial<CardRecord> = {}): CardRecord {
  return newCardRecord({
    propertyId: 'property',
    id: 'record',
    roomId: 'room',
    validFrom: NOW - 3_600_000,
    sequence: LAST,
    issuedAt: NOW - 3_600_000,
    ...nobody,
    ...holder,
    ...change,
  });
}

const later = (validFrom: number, change: Partial<CardRecord> = {}): Partial<CardRecord> => ({
  begun: false,
  validFrom,
  validUntil: validFrom + 24 * 3_600_000,
  sequence: numberAt(validFrom),
  ...change,
});

/** Where a new card comes among these, of a room whose last sequence that has begun is that. */
function place(
  holder: Partial<Holder>,
  records: readonly CardRecord[],
  change: Partial<CardRecord> = {},
  lastSequence = LAST,
) {
  const card = cardOf(holder, { id: 'new', status: 'pending', sequence: 0, ...change });
  const begun = records.filter((each) => !isLater(each, NOW));
  const room = {
    begun: begun.filter(({ status }) => status === 'active' || status === 'pending'),
    newestIssued: Math.max(0, ...begun.filter(wasIssued).map(({ sequence }) => sequence)),
    lastSequence,
    upcoming: records.filter((each) => isLater(each, NOW)),
    original: records.find(({ id }) => id === card.sameAs),
  };
  const placed = placeInOrder(card, room, NOW);
  return 'refusal' in placed ? placed.refusal.cause : placed.sequence;
}

describe('the place of a card that begins now among the guests of its room', () => {
  const ada = cardOf({ owner: 'Ada' }, { id: 'ada' });

  test('is beside the cards of the same guest', () => {
    expect(place({ owner: 'Ada' }, [ada])).toBe(ada.sequence);
  });

  test('is after those of an earlier guest', () => {
    expect(place({ owner: 'Ben' }, [ada])).toBe(FIRST);
  });

  test('is after all of them for a loss report, and for a new guest, whatever the name', () => {
    expect(place({ owner: 'Ada' }, [ada], { flags: FLAG.lossReport })).toBe(FIRST);
    expect(place({ owner: 'Ada' }, [ada], { guest: 'new' })).toBe(FIRST);
  });

  test.each<[string, Partial<CardRecord>]>([
    ['expired', { validUntil: NOW }],
    ['superseded', { status: 'superseded' }],
    ['lost', { status: 'lost' }],
    ['cancelled', { status: 'cancelled' }],
    ['never written', { status: 'void' }],
    ['waiting to be written', { status: 'pending', sequence: 0 }],
    ['for a later stay', later(TOMORROW)],
  ])('is not beside a card that is %s', (_, change) => {
    expect(place({ owner: 'Ada' }, [cardOf({ owner: 'Ada' }, change)])).toBe(FIRST);
  });

  test('is beside a card of the same guest that is being written at another encoder', () => {
    const writing = cardOf({ owner: 'Ada' }, { status: 'pending', sequence: FIRST });
    expect(place({ owner: 'Ada' }, [ada, writing], {}, FIRST)).toBe(FIRST);
  });

  test('is not beside one that is being written when a later guest has had a card already', () => {
    const writing = cardOf({ owner: 'Ada' }, { status: 'pending', sequence: FIRST });
    const next = cardOf({ owner: 'Ben' }, { status: 'cancelled', sequence: FIRST + 1 });
    expect(place({ owner: 'Ada' }, [writing, next], {}, FIRST + 1)).toBe(FIRST + 2);
  });

  test('rises by one where the clock does not, and with the clock after a restored backup', () => {
    expect(place({ owner: 'Ben' }, [], {}, FIRST + 5)).toBe(FIRST + 6);
    expect(place({ owner: 'Ben' }, [], {}, 0)).toBe(FIRST);
  });

  test('of a copy is beside its original, whoever holds it, as long as that guest is in', () => {
    expect(place({ owner: 'Eve' }, [ada], { guest: 'same', sameAs: 'ada' })).toBe(ada.sequence);
    const next = cardOf({ owner: 'Ben' }, { sequence: FIRST });
    expect(place({ owner: 'Ada' }, [ada, next], { guest: 'same', sameAs: 'ada' })).toBe('no-guest-in');
    for (const gone of [{ status: 'cancelled' }, { validUntil: NOW }] as const)
      expect(place({}, [{ ...ada, ...gone }], { guest: 'same', sameAs: 'ada' })).toBe('no-guest-in');
  });

  test('of a copy is beside its original that was cancelled, where the guest has another card', () => {
    const others = [{ ...ada, status: 'cancelled' } as const, { ...ada, id: 'second' }];
    expect(place({}, others, { guest: 'same', sameAs: 'ada' })).toBe(ada.sequence);
  });
});

describe('the place of a card that begins later', () => {
  test('is that of the minute in which it begins', () => {
    expect(place({ owner: 'Ben' }, [], later(TOMORROW, { sequence: 0 }))).toBe(numberAt(TOMORROW));
  });

  test('leaves room for guests who come before, however soon it begins and however far the numbers ran ahead', () => {
    const soon = later(NOW + MINUTE_MS, { sequence: 0 });
    expect(place({ owner: 'Ben' }, [], soon, FIRST + 30)).toBe(FIRST + 30 + NUMBERS_A_MINUTE);
    const ahead = numberAt(NEXT_WEEK);
    expect(place({ owner: 'Ben' }, [], later(TOMORROW, { sequence: 0 }), ahead)).toBe(
      ahead + 24 * 60 * NUMBERS_A_MINUTE,
    );
  });

  test('is above stays before it and below stays behind it, in whatever order they are sold', () => {
    const tomorrow = cardOf({ owner: 'Ben' }, later(TOMORROW));
    const nextWeek = cardOf({ owner: 'Cai' }, later(NEXT_WEEK));
    const between = NOW + 3 * 24 * 3_600_000;
    expect(place({ owner: 'Dee' }, [tomorrow, nextWeek], later(between, { sequence: 0 }))).toBe(numberAt(between));
  });

  test('is beside the same guest only where both begin together', () => {
    const tomorrow = cardOf({ owner: 'Ben' }, later(TOMORROW));
    const wanted = later(TOMORROW, { sequence: 0 });
    expect(place({ owner: 'Ben' }, [tomorrow], wanted)).toBe(tomorrow.sequence);
    expect(place({ owner: 'Cai' }, [tomorrow], wanted)).toBe(tomorrow.sequence + 1);
    const minuteLater = later(TOMORROW + MINUTE_MS, { sequence: 0 });
    expect(place({ owner: 'Ben' }, [tomorrow], minuteLater)).toBe(tomorrow.sequence + NUMBERS_A_MINUTE);
  });

  test('does not count before it begins: a guest who comes sooner is below it', () => {
    const tomorrow = cardOf({ owner: 'Ben' }, later(TOMORROW));
    expect(place({ owner: 'Cai' }, [tomorrow])).toBe(FIRST);
  });

  test.each(['active', 'pending', 'lost'] as const)('is never reached by a sooner guest while it is %s', (status) => {
    const soon = cardOf({ owner: 'Ben' }, later(NOW + MINUTE_MS, { status, sequence: FIRST + 2 }));
    expect(place({ owner: 'Cai' }, [soon], {}, FIRST)).toBe(FIRST + 1);
    expect(place({ owner: 'Cai' }, [soon], {}, FIRST + 1)).toBe('next-stay-too-close');
    expect(place({ owner: 'Cai' }, [soon], {}, FIRST + 9)).toBe('next-stay-too-close');
  });
});

test('a stay that an earlier version numbered by the minute alone lets guests come before it as it did then', () => {
  const tomorrow = cardOf({ owner: 'Ben' }, later(TOMORROW, { sequence: TOMORROW / MINUTE_MS }));
  const lastThen = NOW / MINUTE_MS - 60;
  expect(place({ owner: 'Cai' }, [tomorrow], {}, lastThen)).toBe(NOW / MINUTE_MS);
  expect(place({ owner: 'Cai' }, [tomorrow], {}, NOW / MINUTE_MS)).toBe(NOW / MINUTE_MS + 1);
  expect(place({ owner: 'Cai' }, [tomorrow], later(NEXT_WEEK, { sequence: 0 }), lastThen)).toBe(numberAt(NEXT_WEEK));
});

test('whoever begins in one minute finds a number, up to 15 of them, however many stays were sold and in whatever order', () => {
  const lastMinute = 4;
  const visit = fc.record({ minute: fc.nat(lastMinute), soldAt: fc.nat(lastMinute) });
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 60 }), fc.nat(FIRST), (visits, last) => {
      const cards: CardRecord[] = [];
      let lastSequence = last;
      for (let minute = 0; minute <= lastMinute; minute += 1) {
        const now = NOW + minute * MINUTE_MS;
        for (const { validFrom, sequence } of cards)
          if (validFrom <= now) lastSequence = Math.max(lastSequence, sequence);
        const sales = visits.filter((each) => Math.min(each.soldAt, each.minute) === minute);
        for (const sale of sales) {
          const validFrom = NOW + sale.minute * MINUTE_MS;
          if (cards.filter((each) => each.validFrom === validFrom).length === NUMBERS_A_MINUTE - 1) continue;
          const card = cardOf({}, { ...later(validFrom), id: 'new', guest: 'new', status: 'pending', sequence: 0 });
          const upcoming = cards.filter((each) => isLater(each, now));
          const placed = placeInOrder(
            card,
            { begun: [], newestIssued: 0, lastSequence, upcoming, original: undefined },
            now,
          );
          expect(placed).toHaveProperty('sequence');
          const { sequence } = placed as { readonly sequence: number };
          cards.push({ ...card, sequence });
          if (validFrom === now) lastSequence = Math.max(lastSequence, sequence);
        }
      }
    }),
  );
});

test('cards of different stays are numbered by when they begin, whenever and in whatever order they are issued', () => {
  const sold = fc.record({
    owner: fc.constantFrom('Ada', 'Ben', 'Cai', 'Dee'),
    minutes: fc.integer({ min: 0, max: 90 }),
  });
  fc.assert(
    fc.property(fc.array(sold, { maxLength: 12 }), fc.integer({ min: 0, max: FIRST + 60 }), (sales, last) => {
      const cards: CardRecord[] = [];
      let lastSequence = last;
      for (const { owner, minutes } of sales) {
        const begins = NOW + minutes * MINUTE_MS;
        const change = minutes === 0 ? { validFrom: NOW } : later(begins, { sequence: 0 });
        const sequence = place({ owner, validUntil: NEXT_WEEK }, cards, { ...change, id: 'new' }, lastSequence);
        if (typeof sequence !== 'number') continue;
        if (minutes === 0) lastSequence = Math.max(lastSequence, sequence);
        const validUntil = NEXT_WEEK;
        cards.push(cardOf({ owner }, { ...change, id: `card ${cards.length}`, sequence, validUntil }));
      }
      for (const one of cards)
        for (const other of cards)
          if (one.validFrom < other.validFrom) expect(one.sequence).toBeLessThan(other.sequence);
    }),
  );
});

describe('what stops, as far as can be foreseen,', () => {
  const ada = cardOf({ owner: 'Ada' }, { id: 'ada', validUntil: NEXT_WEEK });
  const ben = cardOf({ owner: 'Ben' }, later(TOMORROW, { id: 'ben', validUntil: NEXT_WEEK }));
  const told = (cards: readonly CardRecord[], issued: CardRecord) =>
    foreseeStops(cards, issued, NOW).map(({ record, by, at, how }) => [record.id, by.id, at, how]);

  test('is the earlier guest at once, and the new one when the next stay begins', () => {
    const cai = cardOf({ owner: 'Cai' }, { id: 'cai', sequence: FIRST, validUntil: NEXT_WEEK });
    expect(told([ada, ben], cai)).toEqual([
      ['ada', 'cai', NOW, 'superseded'],
      ['cai', 'ben', TOMORROW, 'superseded'],
    ]);
  });

  test('is the guest who is in when a later card begins, and nobody whose card has ended by then', () => {
    expect(told([ada], ben)).toEqual([['ada', 'ben', TOMORROW, 'superseded']]);
    expect(told([{ ...ada, validUntil: TOMORROW }], ben)).toEqual([]);
  });

  test('is nobody of the same guest, and as lost what a loss report ends', () => {
    const report = cardOf({ owner: 'Ada' }, { id: 'report', sequence: FIRST, flags: FLAG.lossReport });
    expect(told([ada], report)).toEqual([['ada', 'report', NOW, 'loss-reported']]);
    expect(told([ada], { ...ada, id: 'second' })).toEqual([]);
  });
});
