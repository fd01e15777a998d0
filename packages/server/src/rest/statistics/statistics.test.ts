import type { Mac, OperationId } from '@keyrack/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { STATISTICS } from '../../domain/limits.ts';
import type { Operation } from '../../domain/operation.ts';
import { putEncoder, putOperation } from '../../testing/rest-operations.ts';
import { INN, OTHER, type RestWorld, restWorld, restWorldForFile } from '../../testing/rest-world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Midnight at the inn. */
const DAY_BEGINS = Date.parse('2026-03-14T16:00:00Z');
const iso = (ms: number) => new Date(ms).toISOString();
const idAt = (ms: number, n = 0) => {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(n).padStart(12, '0')}` as OperationId;
};

async function put(world: RestWorld, ...operations: ({ readonly at: number } & Partial<Operation>)[]) {
  const base = await putOperation(world, 'accepted');
  await world.put(
    ...operations.map(({ at, ...change }, n) => {
      const row = { ...base, acceptedAt: at, deadline: at + 60_000, id: idAt(at, n), ...change } as Operation;
      return { table: 'operations', row } as const;
    }),
  );
}

const done = (at: number, tookMs: number, change: object = {}) =>
  ({ at, state: 'succeeded', settledAt: at + tookMs, cause: null, ...change }) as const;

describe('statistics', () => {
  const world = restWorldForFile();
  const ask = (from: number, until: number, property = '1001') =>
    world().send(`/v1/properties/${property}/statistics?from=${iso(from)}&until=${iso(until)}`);

  beforeAll(async () => {
    await putEncoder(world());
    await put(
      world(),
      done(DAY_BEGINS - 1, 1),
      done(DAY_BEGINS, 4_000),
      done(DAY_BEGINS + 1, 6_000),
      done(DAY_BEGINS + 9 * HOUR, 2_000, { kind: 'read', encoder: '7C778A6C7D01' as Mac }),
      { at: DAY_BEGINS + 9 * HOUR, state: 'expired', settledAt: DAY_BEGINS + 10 * HOUR, cause: 'no-card' } as never,
      done(DAY_BEGINS + DAY, 1),
      done(DAY_BEGINS, 1, { propertyId: OTHER.id }),
    );
  });

  it('are of the time that is asked for, in hours on the clock of the property', async () => {
    const { status, body } = await ask(DAY_BEGINS, DAY_BEGINS + DAY);
    expect(status).toBe(200);
    expect(body).toMatchObject({ from: iso(DAY_BEGINS), until: iso(DAY_BEGINS + DAY), timeZone: INN.timeZone });
    expect(body.hours).toHaveLength(24);
    expect(body.hours[0]).toMatchObject({ day: '2026-03-15', hour: 0, asked: 2, succeeded: 2 });
    expect(body.hours[9]).toMatchObject({ hour: 9, asked: 2, failed: 1, kinds: { issue: 0, read: 1, cancel: 1 } });
    expect(body.total).toMatchObject({ asked: 4, succeeded: 3, failed: 1, successShare: 0.75, medianMs: 4_000 });
    expect(body.causes).toEqual([{ cause: 'no-card', operations: 1 }]);
  });

  it('tell of each encoder, also of one that the property no longer knows', async () => {
    const { body } = await ask(DAY_BEGINS, DAY_BEGINS + DAY);
    expect(body.encoders).toMatchObject([
      { encoder: { id: 7, name: 'Front' }, asked: 3, successShare: 2 / 3, medianMs: 4_000, p90Ms: 6_000 },
      { encoder: { id: null, mac: '7C778A6C7D01', name: null }, asked: 1 },
    ]);
  });

  it('are of today, unless told otherwise', async () => {
    const { body } = await world().send('/v1/properties/1001/statistics');
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: INN.timeZone, timeStyle: 'medium' });
    expect(clock.format(Date.parse(body.from))).toBe('00:00:00');
    expect(Date.now() - Date.parse(body.until)).toBeLessThan(60_000);
    expect(body.total.asked).toBeGreaterThan(0);
  });

  it('are of one property', async () => {
    expect((await ask(DAY_BEGINS, DAY_BEGINS + DAY, '1002')).body.total.asked).toBe(1);
  });

  it.each([
    ['behind its end', DAY, 0, 'is behind the end; send an earlier one'],
    ['too long', 0, (STATISTICS.days + 1) * DAY, `is more than 31 days before the end; send a later one`],
  ])('of a time that is %s are refused', async (_how, from, until, detail) => {
    const { status, body } = await ask(DAY_BEGINS + from, DAY_BEGINS + until);
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ in: 'query', path: 'from', detail }]);
  });
});

it('count thousands in several reads, each once, and leave room for others between them', async () => {
  const world = await restWorld();
  const many = Array.from({ length: 2_500 }, (_, n) => done(DAY_BEGINS + n * 30_000, n));
  await put(world, ...many);
  const path = `/v1/properties/1001/statistics?from=${iso(DAY_BEGINS)}&until=${iso(DAY_BEGINS + 2 * DAY)}`;
  const { body } = await world.send(path);
  expect(body.total).toMatchObject({ asked: 2_500, succeeded: 2_500, medianMs: 1_249 });
  expect(body.hours.reduce((sum: number, { asked }: { asked: number }) => sum + asked, 0)).toBe(2_500);
  expect(body.hours[0].asked).toBe(120);
});
