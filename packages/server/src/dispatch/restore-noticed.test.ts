import type { JournalId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { AGENT, MAC, OTHER_AGENT, OTHER_MAC, openHotel, TestJournal, uuid } from '../transactions/testing/hotel.ts';
import { connect, serve } from './testing/connected-agents.ts';

const OPERATION = uuid<never>(10);

test('a restore that one agent gives away has every agent that caught up before it catch up once more', async () => {
  const hotel = await openHotel();
  const dispatcher = await serve(hotel);
  const journal = new TestJournal();
  const otherJournal = new TestJournal(uuid<JournalId>(51));
  await connect(dispatcher, AGENT, journal, [MAC]);
  await connect(dispatcher, OTHER_AGENT, otherJournal, [OTHER_MAC]);
  const { heard } = await connect(dispatcher, AGENT, journal, [MAC]);
  await hotel.accept(OPERATION);

  otherJournal.write(uuid(60), uuid(61)).result(uuid(60), uuid(61), 'succeeded');
  await connect(dispatcher, OTHER_AGENT, otherJournal, [OTHER_MAC], 'all');
  expect(await hotel.operation(OPERATION)).toMatchObject({ held: true });
  expect(heard.at(-1)).toMatchObject({ type: 'refused', cause: 'database-restored', retry: true });

  await connect(dispatcher, AGENT, journal, [MAC]);
  expect(await hotel.operation(OPERATION)).toMatchObject({ state: 'written-off', held: false });
});
