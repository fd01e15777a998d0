import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import type { ServerStore } from '@keyrack/server/runtime/runner.ts';
import { StoreError } from '@keyrack/server/store/index.ts';
import { expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { until } from '../world/until.ts';

/** What fails after an operation was accepted: the caller isn't told that nothing happened, and asking again finds it. */

const world = propertyForEachTest({ cardWaitSeconds: 1, answerWaitSeconds: 2 });
const FIRST = serialOf('8F42E9D3');
const SECOND = serialOf('0418D59198CC87');
const OPEN = { status: 6209, message: expect.stringContaining('same request again') };

type StepName = Parameters<ServerStore['run'] | ServerStore['read']>[0];

/** A store whose disk fails for the transactions and queries that are named. */
function failingFor(names: Set<StepName>) {
  const failure = () => Promise.reject(new StoreError('aborted', 'the disk fails'));
  return {
    parts: {
      wrapStore: (store: ServerStore): ServerStore => ({
        ...store,
        run: (name, input) => (names.has(name) ? failure() : store.run(name, input)),
        read: (name, input) => (names.has(name) ? failure() : store.read(name, input)),
      }),
    },
  };
}

test('a card that was issued and can’t be told of is told of when the request comes again, and is the only one', async () => {
  const failing = new Set<StepName>(['listSuperseded']);
  const desk = await world.openWithoutCard(failingFor(failing));
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
  await world.open(failingFor(new Set<StepName>(['describeCard'])));
  expect(JSON.parse((await world.property.command('readCard')).body)).toMatchObject(OPEN);
});

test('a request whose encoder is offline ends by its deadline where it can’t be refused before', async () => {
  await world.openProperty(failingFor(new Set<StepName>(['refuseOperation'])));
  expect(JSON.parse((await world.property.cancel()).body)).toMatchObject({ status: 6200 });
  expect(world.operations()[0]).toMatchObject({ state: 'expired' });
});

test('a caller who was told that the outcome is open is recorded as such as soon as the disk has room', async () => {
  const failing = new Set<StepName>(['noteCaller']);
  const desk = await world.openWithoutCard({ cardWaitSeconds: 10, answerWaitSeconds: 0.5, ...failingFor(failing) });
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
