import type { OperationId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import type { Operation } from '../domain/operation.ts';
import { createOutcomes } from '../runtime/outcomes.ts';
import { createRunner, type Read, type Run } from '../runtime/runner.ts';
import { StoreError } from '../store/store.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { copyDesk, op, SET } from '../transactions/testing/copy-desk.ts';
import { NOW, openHotel, P, uuid } from '../transactions/testing/hotel.ts';
import { createCopies } from './copies.ts';

/** What carries on with sets of copies: news of their cards, a look every five seconds, and tries that failed. */

/** What becomes of a try to accept the next card. */
type Fate = 'aborted' | 'unknown, done' | 'unknown, not done' | 'bug';

const thrown = (fate: Fate) =>
  fate === 'bug'
    ? new TypeError('a bug')
    : new StoreError(fate === 'aborted' ? 'aborted' : 'unknown', 'the disk is full');

/** A server that has begun, and a desk where a set of three copies was asked for then. `news`: whether it hears of ended cards. */
async function making({ starts = true, news = true } = {}) {
  const hotel = await openHotel();
  const clock = createVirtualClock(NOW);
  const outcomes = createOutcomes((error) => {
    throw error;
  });
  const runs = createRunner(hotel.store, outcomes);
  const fates: Fate[] = [];
  const tries: { readonly at: number; readonly operation: string; readonly recordId: string }[] = [];
  const looks: number[] = [];
  let readable = true;
  const run = (async (name, input) => {
    if (name !== 'acceptNextCopy') return runs(name, input);
    const { operation, recordId } = input as { operation: string; recordId: string };
    tries.push({ at: clock.monotonic(), operation, recordId });
    const fate = fates.shift();
    if (fate === undefined) return runs(name, input);
    if (fate === 'unknown, done') await hotel.store.run(name, input);
    throw thrown(fate);
  }) as Run;
  const read = (async (name, input) => {
    looks.push(clock.monotonic());
    if (!readable) throw thrown('aborted');
    return hotel.store.read(name, input);
  }) as Read;
  const begun: OperationId[] = [];
  const errors: unknown[] = [];
  let ids = 0;
  const copies = createCopies({
    ...{ run, read, outcomes, clock },
    newId: () => uuid(400 + ++ids),
    begin: async ({ operation }) => void begun.push(operation.id),
    onError: (error) => void errors.push(error),
  });
  if (starts) await copies.start();
  const heard = (changed: readonly Operation[]) => news && outcomes.publish(changed);
  const desk = await copyDesk(3, {}, { hotel, heard });
  copies.watch({ propertyId: P, id: SET }, op(1));
  return {
    ...{ clock, copies, desk, fates, tries, looks, begun, errors },
    /** Lets what was begun go on, without any time. */
    settle: () => clock.advance(0),
    readable(is: boolean) {
      readable = is;
    },
  };
}

test('the next card is asked for as soon as the news comes that the one before was made, until all are', async () => {
  const { desk, begun, tries, settle } = await making();
  await settle();
  expect(tries).toEqual([]);
  await desk.make(1);
  await settle();
  expect(begun).toHaveLength(1);
  await desk.make(2, { operation: begun[0] });
  await settle();
  await desk.make(3, { operation: begun[1] });
  await settle();
  expect(await desk.set()).toMatchObject({ state: 'done', operations: [op(1), ...begun] });
  expect(tries.map(({ at }) => at)).toEqual([0, 0, 0]);
});

test('an end that was told before anybody watched is not missed', async () => {
  const { copies, desk, begun, settle } = await making();
  await desk.make(1);
  copies.watch({ propertyId: P, id: SET }, op(1));
  await settle();
  expect(begun).toHaveLength(1);
  expect(await desk.set()).toMatchObject({ operations: [op(1), begun[0]] });
});

test('what no news told of is found by the look every five seconds', async () => {
  const { clock, desk, begun, looks } = await making({ news: false });
  await desk.make(1);
  await clock.advance(4_999);
  expect(begun).toEqual([]);
  await clock.advance(1);
  expect(begun).toHaveLength(1);
  await desk.make(2, { operation: begun[0] });
  await clock.advance(10_000);
  expect(begun).toHaveLength(2);
  expect(looks).toEqual([5_000, 10_000, 15_000]);
});

test('a look that fails is made again, and goes over all sets, also those whose operation is not there', async () => {
  const { clock, desk, begun, errors, readable } = await making({ news: false });
  const broken = { ...(await desk.set()), operations: [op(99)] };
  const rows = Array.from({ length: 120 }, (_, n) => ({ table: 'copySets', row: { ...broken, id: uuid(500 + n) } }));
  await desk.hotel.store.run('putRows', { rows: rows as never, onlyIfEmpty: false });
  await desk.make(1);
  readable(false);
  await clock.advance(12_000);
  expect(begun).toEqual([]);
  readable(true);
  await clock.advance(3_000);
  expect(begun).toHaveLength(1);
  // Trouble of the store is told of by the store.
  expect(errors).toEqual([]);
  const sets = await desk.hotel.rows('copySets');
  expect(sets.filter(({ state }) => state === 'running').map(({ id }) => id)).toEqual([SET]);
});

test('where the database fails, the next card is tried for every half second, under the same names', async () => {
  const { clock, desk, fates, tries, begun } = await making();
  fates.push('aborted', 'unknown, not done', 'aborted');
  await desk.make(1);
  await clock.advance(1_499);
  expect(begun).toEqual([]);
  await clock.advance(1);
  expect(begun).toEqual([tries[0]?.operation]);
  expect(tries).toEqual([0, 500, 1_000, 1_500].map((at) => ({ ...tries[0], at })));
});

test('a card whose acceptance nobody knew of is asked for once', async () => {
  const { clock, desk, fates, begun } = await making();
  fates.push('unknown, done');
  await desk.make(1);
  await clock.advance(4_000);
  expect(begun).toHaveLength(1);
  expect(await desk.set()).toMatchObject({ operations: [op(1), begun[0]] });
  expect(await desk.hotel.rows('operations')).toHaveLength(2);
});

test('tries end with a set that was withdrawn meanwhile', async () => {
  const { clock, desk, fates, tries, begun } = await making();
  fates.push('aborted');
  await desk.make(1);
  await clock.advance(100);
  const doer = { actor: 'owner', by: 'owner', from: '192.0.2.1' };
  await desk.hotel.store.run('withdrawCopySet', { propertyId: P, set: SET, doer, now: clock.now() });
  await clock.advance(60_000);
  expect(tries).toHaveLength(2);
  expect(begun).toEqual([]);
  expect(await desk.set()).toMatchObject({ state: 'stopped', cause: 'withdrawn' });
});

test('a bug is told of once, and the next look tries anew', async () => {
  const { clock, desk, fates, begun, errors } = await making();
  fates.push('bug');
  await desk.make(1);
  await clock.advance(4_999);
  expect(begun).toEqual([]);
  expect(errors).toEqual([new TypeError('a bug')]);
  await clock.advance(1);
  expect(begun).toHaveLength(1);
  expect(errors).toHaveLength(1);
});

test.each(['between two tries', 'between two looks'])('a server that stops tries nothing more: %s', async (when) => {
  const { clock, copies, desk, fates, tries, looks, begun, errors } = await making({
    news: when !== 'between two looks',
  });
  fates.push('aborted');
  await desk.make(1);
  await clock.advance(100);
  const before = tries.length;
  copies.stop();
  await clock.advance(60_000);
  expect([tries.length, looks, begun, errors]).toEqual([before, [], [], []]);
  expect(clock.pending()).toBe(0);
});

test('a start withdraws what is left, however long it takes, before it looks for anything', async () => {
  const { clock, copies, desk, looks, begun } = await making({ starts: false, news: false });
  await desk.make(1);
  // The database is slow, and other things come first at a start.
  await clock.advance(60_000);
  expect([looks, begun]).toEqual([[], []]);
  await copies.start();
  expect(await desk.set()).toMatchObject({ state: 'stopped', cause: 'copies-interrupted', operations: [op(1)] });
  await clock.advance(60_000);
  expect(begun).toEqual([]);
});
