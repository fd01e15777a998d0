import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { type Store, StoreError } from '@keyrack/server/store/index.ts';
import type { Transactions } from '@keyrack/server/transactions/index.ts';
import { expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { until } from '../world/until.ts';

/** What fails after an operation was accepted: the caller isn't told that nothing happened, and asking again finds it. */

const world = propertyForEachTest({ cardWaitSeconds: 1, answerWaitSeconds: 2 });
const FIRST = serialOf('8F42E9D3');
const SECOND = serialOf('0418D59198CC87');
const OPEN = { status: 6209, message: expect.stringContaining('same request again') };

/** A store whose disk is full for the transactions that are named. */
function fullFor(names: Set<string>) {
  return {
    parts: {
      wrapStore: (store: Store<Transactions>): Store<Transactions> => ({
        ...store,
        run: (name, input) =>
          names.has(name) ? Promise.reject(new StoreError('aborted', 'the disk is full')) : store.run(name, input),
      }),
    },
  };
}

test('a card that was issued and can’t be told of is told of when the request comes again, and is the only one', async () => {
  const failing = new Set(['listSuperseded']);
  const desk = await world.openWithoutCard(fullFor(failing));
  desk.cards.place(FIRST, { encoder: PUBLISHED.encoder });
  const first = await world.property.command('makeRoomCard');
  expect(JSON.parse(first.body)).toMatchObject(OPEN);
  failing.clear();
  desk.cards.place(SECOND, { encoder: PUBLISHED.encoder });
  const again = await world.property.command('makeRoomCard');
  expect(JSON.parse(again.body)).toMatchObject({ status: 200, data: { serialNum: FIRST } });
  expect(world.operations()).toHaveLength(1);
});

test('a card that was read and can’t be described is no "nothing was done" either', async () => {
  await world.open(fullFor(new Set(['describeCard'])));
  expect(JSON.parse((await world.property.command('readCard')).body)).toMatchObject(OPEN);
});

test('a request whose encoder is offline ends by its deadline where it can’t be refused before', async () => {
  await world.openProperty(fullFor(new Set(['refuseOperation'])));
  expect(JSON.parse((await world.property.cancel()).body)).toMatchObject({ status: 6200 });
  expect(world.operations()[0]).toMatchObject({ state: 'expired' });
});

test('a caller who was told that the outcome is open is recorded as such as soon as the disk has room', async () => {
  const failing = new Set(['noteCaller']);
  const desk = await world.openWithoutCard({ cardWaitSeconds: 10, answerWaitSeconds: 0.5, ...fullFor(failing) });
  const first = await world.property.command('makeRoomCard');
  expect(JSON.parse(first.body)).toMatchObject({ status: 6209 });
  expect(world.operations()[0]?.caller).toBe('waiting');
  failing.clear();
  await until('it is recorded', () => world.operations()[0]?.caller === 'told-open');
  desk.cards.place(FIRST, { encoder: PUBLISHED.encoder });
  const again = await world.property.command('makeRoomCard');
  expect(JSON.parse(again.body)).toMatchObject({ status: 200, data: { serialNum: FIRST } });
  expect(world.operations()).toHaveLength(1);
});
