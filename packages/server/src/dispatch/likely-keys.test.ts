import { AGENT_PROTOCOL, BLANK, type OperationId, type ServerMessage } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import type { Card, CardRecord } from '../domain/places.ts';
import { AGENT, CARD, type Hotel, ISSUED, MAC, openHotel, TestJournal, uuid } from '../transactions/testing/hotel.ts';
import { helloOf, openConnection, serve } from './testing/connected-agents.ts';

/** Which of a card's keys an agent is told to try first: each wrong one costs half a second on a slow reader. */

const OP = uuid<OperationId>(10);

/** What an agent of that version is sent when it opens the card for a cancel. */
async function keysFor(hotel: Hotel, protocol: number): Promise<Extract<ServerMessage, { type: 'keys' }>> {
  const dispatcher = await serve(hotel);
  const journal = new TestJournal();
  return new Promise((resolve) => {
    const opened = openConnection(
      dispatcher,
      (message, { say }) => {
        if (message.type === 'cursor') say({ type: 'catch-up', records: [], inProgress: [] });
        const open = { type: 'open', nonce: uuid(20), operation: OP, encoder: MAC, serial: CARD, chip: 'classic-1k' };
        if (message.type === 'welcome') void hotel.accept(OP).then(() => say(open));
        if (message.type === 'keys') resolve(message);
      },
      '192.0.2.1',
      protocol,
    );
    opened.say({ ...helloOf(AGENT, journal, [MAC]), protocol });
  });
}

async function hotelWith(card: Partial<Card>, record: Partial<CardRecord> = {}): Promise<Hotel> {
  const hotel = await openHotel();
  const [property] = await hotel.rows('properties');
  const [before] = await hotel.rows('cards');
  const [issued] = await hotel.rows('cardRecords');
  if (property === undefined || before === undefined || issued === undefined) throw new Error('the hotel is empty');
  const cardKeys = [1, 2, 3].map((version) => ({ version, sealed: '' }));
  await hotel.store.run('putRows', {
    rows: [
      { table: 'properties', row: { ...property, cardKeys } },
      { table: 'cards', row: { ...before, ...card } },
      { table: 'cardRecords', row: { ...issued, ...record } },
    ],
    onlyIfEmpty: false,
  });
  return hotel;
}

test.each([
  ['of the newest version', {}, { keyVersion: 3 }, 0],
  ['of an older version, which comes second', {}, { keyVersion: 1 }, 1],
  ['that was erased', { plastic: 'erased', content: BLANK }, {}, 'factory'],
  ['that a write left half written', { plastic: 'damaged', content: null, damagedBy: 'x' }, {}, undefined],
  ['of which nobody can tell', { plastic: 'unknown', content: null }, {}, undefined],
] as const)('of a card %s', async (_what, card, record, likely) => {
  const hotel = await hotelWith({ content: ISSUED, ...card }, record);
  const keys = await keysFor(hotel, AGENT_PROTOCOL);
  expect(keys.keys).toHaveLength(2);
  expect(keys.likely).toBe(likely);
  expect(Object.keys(keys).includes('likely')).toBe(likely !== undefined);
});

test.each([1, 2])('an agent of version %i is told no more than it understands', async (protocol) => {
  const keys = await keysFor(await hotelWith({ content: ISSUED }, { keyVersion: 1 }), protocol);
  expect(Object.keys(keys).sort()).toEqual(['keys', 'nonce', 'type']);
});
