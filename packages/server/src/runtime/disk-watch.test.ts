import { describe, expect, test } from 'vitest';
import { INSTALLATION } from '../domain/audit.ts';
import { eventOf } from '../domain/events.ts';
import { DISK_ALARM } from '../domain/limits.ts';
import { newProperty } from '../domain/places.ts';
import { StoreError } from '../store/store.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { NOW, openHotel, P } from '../transactions/testing/hotel.ts';
import { createDiskWatch, type DiskWatch } from './disk-watch.ts';
import { createOutcomes } from './outcomes.ts';
import { createRunner, type Run } from './runner.ts';

const SIZE = 1_000_000;
const LOOK_MS = DISK_ALARM.lookEveryMs;
const turns = (freeBytes: number, type: string) => ({ type, freeBytes, sizeBytes: SIZE });
const full = (freeBytes: number) => turns(freeBytes, 'disk.nearly_full');
const well = (freeBytes: number) => turns(freeBytes, 'disk.well_again');

/** A server that watches a disk of which a test says what is free. */
async function watched(properties = 1) {
  const hotel = await openHotel();
  const ids = Array.from({ length: properties - 1 }, (_, i) => `property ${String(i).padStart(4, '0')}`);
  await hotel.store.run('putRows', {
    rows: ids.map((id) => {
      const row = newProperty({ id, number: id.slice(-4), name: 'Inn', timeZone: 'UTC', sealedCardKey: '' });
      return { table: 'properties' as const, row };
    }),
    onlyIfEmpty: false,
  });
  const clock = createVirtualClock(NOW);
  const errors: unknown[] = [];
  const turned: boolean[] = [];
  let free: number | Error = SIZE;
  /** Transactions that still succeed. */
  let left = Number.POSITIVE_INFINITY;
  const runner = createRunner(
    hotel.store,
    createOutcomes((error) => void errors.push(error)),
  );
  const run: Run = (name, input) => {
    left -= 1;
    return left < 0 ? Promise.reject(new StoreError('aborted', 'the disk is full')) : runner(name, input);
  };
  let watch: DiskWatch;
  const start = () => {
    watch = createDiskWatch({
      run,
      read: hotel.store.read,
      clock,
      space: async () => {
        if (free instanceof Error) throw free;
        return { freeBytes: free, sizeBytes: SIZE };
      },
      belowBytes: null,
      onTurn: ({ isNearlyFull }) => void turned.push(isNearlyFull),
      onError: (error) => void errors.push(error),
    });
  };
  start();
  await clock.advance(DISK_ALARM.firstLookMs);
  return {
    clock,
    errors,
    turned,
    watch: () => watch,
    ids: [P, ...ids, INSTALLATION],
    async set(freeBytes: number | Error) {
      free = freeBytes;
      await clock.advance(LOOK_MS);
    },
    allow(transactions: number) {
      left = transactions;
    },
    async restart() {
      watch.stop();
      start();
      await clock.advance(DISK_ALARM.firstLookMs);
    },
    /** What the log of a property has been told; of the first one unless another is named. */
    async told(log: string = P) {
      return (await hotel.rows('audit'))
        .filter(({ propertyId, action }) => propertyId === log && action.startsWith('disk-'))
        .map(eventOf)
        .map(({ type, data }) => ({ type, ...data }));
    },
  };
}

describe('a disk that is nearly full', () => {
  test('is told of once, and once again when it has room', async () => {
    const { set, told, turned, watch, errors, clock } = await watched();
    await set(100_000);
    expect(await told()).toEqual([]);
    await set(99_999);
    await set(10);
    await set(120_000);
    await set(50_000);
    expect(await told()).toEqual([full(99_999)]);
    await set(150_000);
    await set(100_000);
    expect(await told()).toEqual([full(99_999), well(150_000)]);
    await set(5);
    expect(await told()).toEqual([full(99_999), well(150_000), full(5)]);
    expect(turned).toEqual([true, false, true]);
    expect(watch().space()).toEqual({ freeBytes: 5, sizeBytes: SIZE });
    watch().stop();
    expect([clock.pending(), errors]).toEqual([0, []]);
  });

  test('is told of in the log of each property and of the installation, once each', async () => {
    const { set, told, ids } = await watched(2 * DISK_ALARM.propertiesAtOnce + 7);
    await set(7);
    for (const id of ids) expect(await told(id)).toEqual([full(7)]);
    await set(SIZE);
    for (const id of ids) expect(await told(id)).toEqual([full(7), well(SIZE)]);
  });

  test('is not told of again after a restart', async () => {
    const { set, told, restart } = await watched();
    await set(7);
    await restart();
    await set(6);
    expect(await told()).toEqual([full(7)]);
  });

  test.each([0, 1, 2, 3])('is told of all the same where it was full after %d transactions', async (transactions) => {
    const { set, told, allow, restart, ids, errors } = await watched(2 * DISK_ALARM.propertiesAtOnce + 7);
    allow(transactions);
    await set(7);
    await set(6);
    // Those who were told first are told of the end only after the others were told of the beginning.
    allow(Number.POSITIVE_INFINITY);
    if (transactions % 2 === 0) await restart();
    else await set(5);
    const first = transactions === 0 ? (transactions % 2 === 0 ? 6 : 5) : 7;
    for (const id of ids) expect(await told(id)).toEqual([full(first)]);
    await set(SIZE);
    await set(SIZE);
    for (const id of ids) expect(await told(id)).toEqual([full(first), well(SIZE)]);
    expect(errors.length > 0).toBe(transactions < 3);
  });
});

test('a disk whose room nobody can tell is looked at again', async () => {
  const { set, told, watch, errors } = await watched();
  await set(new Error('EIO'));
  expect([watch().space(), errors]).toEqual([null, [new Error('EIO')]]);
  await set(7);
  expect(await told()).toEqual([full(7)]);
});
