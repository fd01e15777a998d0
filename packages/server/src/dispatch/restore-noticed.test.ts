import type { JournalId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import {
  AGENT,
  type Hotel,
  MAC,
  NOW,
  OTHER_AGENT,
  OTHER_MAC,
  openHotel,
  P,
  TestJournal,
  uuid,
} from '../transactions/testing/hotel.ts';
import { connect, helloOf, openConnection, serve } from './testing/connected-agents.ts';

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

test('so has one that catches up at that moment, and isn’t welcome yet', async () => {
  const hotel = await openHotel();
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const slow: Hotel['store'] = {
    ...hotel.store,
    async run(name, input) {
      if (name === 'endIdleSignIn') {
        asked.resolve();
        await answer.promise;
      }
      return hotel.store.run(name, input);
    },
  };
  const dispatcher = await serve(hotel, slow);
  const otherJournal = new TestJournal(uuid<JournalId>(51));
  await connect(dispatcher, OTHER_AGENT, otherJournal, [OTHER_MAC]);
  const signIn = { propertyId: P, memberId: 'member', agentId: AGENT, at: NOW, lastActiveAt: NOW } as const;
  await hotel.store.run('putRows', { rows: [{ table: 'signIns', row: signIn }], onlyIfEmpty: false });
  const { heard, say } = openConnection(dispatcher, (message, { say: answers }) => {
    if (message.type === 'cursor') answers({ type: 'catch-up', records: [], inProgress: [], lifted: [] });
  });
  say(helloOf(AGENT, new TestJournal(), [MAC]));
  await asked.promise;

  await hotel.accept(OPERATION);
  otherJournal.write(uuid(60), uuid(61)).result(uuid(60), uuid(61), 'succeeded');
  await connect(dispatcher, OTHER_AGENT, otherJournal, [OTHER_MAC], 'all');
  expect(await hotel.operation(OPERATION)).toMatchObject({ held: true });
  answer.resolve();
  await expect.poll(() => heard.at(-1)).toMatchObject({ type: 'refused', cause: 'database-restored', retry: true });
});
