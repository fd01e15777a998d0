import { type CardImage, cardTagOf, type Serial } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { findByTag, newestCards } from '../../queries/room-cards.ts';
import { CARD, openHotel, P } from '../testing/hotel.ts';

/** More than any page: staff who have a room for years have thousands of cards of one sequence. */
const MANY = 2_345;

/** A room with so many cards of one sequence beside the one that the hotel has. Their numbers tell their ids. */
async function withCards(status: 'superseded' | 'pending') {
  const hotel = await openHotel();
  const record = (await hotel.rows('cardRecords'))[0];
  const idOf = (n: number) => `card ${String(n).padStart(5, '0')}`;
  const rows = Array.from({ length: MANY }, (_, n) => ({
    table: 'cardRecords' as const,
    row: { ...record, id: idOf(n), serial: `${n}`, status },
  }));
  await hotel.store.run('putRows', { rows: rows as never, onlyIfEmpty: false });
  return { hotel, idOf };
}

describe('the record that a card was made for', () => {
  const image = { lockNumber: 1, sequence: 1 } as CardImage;

  test.each([0, 1, MANY / 2 - 0.5, MANY - 1])('is found among thousands of one sequence: number %i', async (n) => {
    const { hotel, idOf } = await withCards('superseded');
    const found = await hotel.look((tx) =>
      findByTag(tx, P, CARD, { ...image, cardTag: cardTagOf(idOf(n)) as CardImage['cardTag'] }),
    );
    expect(found?.id).toBe(idOf(n));
  });

  test('is looked for on its own plastic first', async () => {
    const { hotel } = await withCards('superseded');
    const finds: string[] = [];
    const found = await hotel.look((tx) => {
      const find = ((table: never, index: never, prefix: never, options: never) => {
        finds.push(index);
        return tx.find(table, index, prefix, options);
      }) as typeof tx.find;
      return findByTag({ ...tx, find }, P, CARD, { ...image, cardTag: cardTagOf('record') as CardImage['cardTag'] });
    });
    expect(found?.id).toBe('record');
    expect(finds).toEqual(['byLockNumber']);
  });

  test.each([
    ['another card of this plastic', { sequence: 2 }, CARD],
    ['a card of another room', { lockNumber: 2 }, CARD],
    ['plastic that is not known', {}, '9999' as Serial],
  ])('is not that on the plastic where the image is of %s', async (_, other, serial) => {
    const { hotel } = await withCards('superseded');
    const cardTag = cardTagOf('no card') as CardImage['cardTag'];
    expect(await hotel.look((tx) => findByTag(tx, P, serial, { ...image, ...other, cardTag }))).toBe(undefined);
  });
});

test('all cards that are being issued for the newest guest are told, however many', async () => {
  const { hotel } = await withCards('pending');
  const room = (await hotel.rows('rooms'))[0];
  if (room === undefined) throw new Error('the hotel has no room');
  const cards = await hotel.look((tx) => newestCards(tx, room, 1));
  expect(cards).toHaveLength(MANY + 1);
});
