import type { Nonce, OperationId } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { StoreError } from '../store/store.ts';
import { NOW, openHotel, P, uuid } from '../transactions/testing/hotel.ts';
import { createDeadlines } from './deadlines.ts';
import { createOutcomes } from './outcomes.ts';
import { createRunner, type Read, type Run } from './runner.ts';

const OP = uuid<OperationId>(10);
const NONCE = uuid<Nonce>(20);
/** From acceptance to deadline, as the hotel asks for it. */
const WAIT_MS = 20_000;
const HOUR = 3_600_000;

/** A hotel whose server's clock is set by hand, and what ends operations there. Time passes when it is told to. */
async function waiting() {
  const hotel = await openHotel();
  const session = await hotel.connect();
  let passed = 0;
  let offset = 0;
  let failing = false;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  const clock = {
    now: () => NOW + passed + offset,
    monotonic: () => passed,
    setTimeout(run: () => void, ms: number) {
      const timer = { at: passed + Math.max(1, Math.ceil(ms)), run };
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer: object) => void timers.delete(timer as never),
  };
  const outcomes = createOutcomes((error) => {
    throw error;
  });
  const runner = createRunner(hotel.store, outcomes);
  const run: Run = (name, input) =>
    failing ? Promise.reject(new StoreError('aborted', 'the disk is full')) : runner(name, input);
  const read: Read = (name, input) =>
    failing ? Promise.reject(new StoreError('aborted', 'the disk is full')) : hotel.store.read(name, input);
  const errors: unknown[] = [];
  const start = () => createDeadlines({ run, read, outcomes, clock, onError: (error) => void errors.push(error) });
  const idle = async () => {
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
  };
  return {
    hotel,
    session,
    run,
    start,
    errors,
    step: (ms: number) => {
      offset += ms;
    },
    fail: (fails: boolean) => {
      failing = fails;
    },
    accept: async (deadlines: ReturnType<typeof createDeadlines> | null) => {
      const operation = await hotel.accept(OP, clock.now());
      deadlines?.watch(operation);
      return operation;
    },
    async wait(ms: number) {
      await idle();
      for (const until = passed + ms; passed < until; ) {
        passed = Math.min(until, ...[...timers].map(({ at }) => at).filter((at) => at > passed));
        for (const timer of [...timers]) {
          if (timer.at > passed) continue;
          timers.delete(timer);
          timer.run();
        }
        await idle();
      }
    },
    timers: () => timers.size,
  };
}

const STEPS = [
  ['goes right', 0],
  ['is set back by an hour', -HOUR],
  ['is set back by a day', -24 * HOUR],
] as const;

describe('an accepted operation', () => {
  test.each(STEPS)('waits for as long as it may and not longer while the clock %s', async (_how, step) => {
    const { hotel, start, accept, wait, step: set } = await waiting();
    await accept(start());
    await wait(5_000);
    set(step);
    await wait(WAIT_MS - 5_001);
    expect(await hotel.operation(OP)).toMatchObject({ state: 'accepted' });
    await wait(1);
    expect(await hotel.operation(OP)).toMatchObject({ state: 'expired' });
  });

  test.each([HOUR, 24 * HOUR])(
    'ends early where the clock is set on by %d, since nothing is granted any more',
    async (step) => {
      const { hotel, start, accept, wait, step: set } = await waiting();
      await accept(start());
      await wait(1_000);
      set(step);
      await wait(5_000);
      expect(await hotel.operation(OP)).toMatchObject({ state: 'expired' });
    },
  );

  test.each(STEPS)(
    'that another process accepted ends by its wait from the start of this one, while the clock %s',
    async (_how, step) => {
      const { hotel, start, accept, wait, step: set } = await waiting();
      await accept(null);
      set(step);
      start();
      await wait(WAIT_MS);
      expect(await hotel.operation(OP)).toMatchObject({ state: 'expired' });
    },
  );

  test('that nobody told of is found within five seconds', async () => {
    const { hotel, start, accept, wait, step: set } = await waiting();
    start();
    await wait(1_000);
    await accept(null);
    set(-HOUR);
    await wait(WAIT_MS + 5_000);
    expect(await hotel.operation(OP)).toMatchObject({ state: 'expired' });
  });

  test('ends as soon as the database can be written again', async () => {
    const { hotel, start, accept, wait, fail, errors } = await waiting();
    await accept(start());
    await wait(1_000);
    fail(true);
    await wait(WAIT_MS + 60_000);
    expect(errors.length).toBeGreaterThan(100);
    fail(false);
    await wait(500);
    expect(await hotel.operation(OP)).toMatchObject({ state: 'expired' });
  });

  test('that a restored database holds is left alone', async () => {
    const { hotel, start, accept, wait } = await waiting();
    await accept(null);
    await hotel.store.run('markRestored', { now: NOW });
    start();
    await wait(WAIT_MS * 10);
    expect(await hotel.operation(OP)).toMatchObject({ state: 'accepted', held: true });
  });
});

describe('a granted operation', () => {
  test.each([-24 * HOUR, -HOUR, HOUR, 24 * HOUR])(
    'stays until its agent tells, the clock being set by %d',
    async (step) => {
      const { hotel, session, start, accept, wait, step: set } = await waiting();
      await accept(start());
      expect(await hotel.present(session, OP, NONCE)).toMatchObject({ verdict: 'granted' });
      set(step);
      await wait(WAIT_MS * 10);
      expect(await hotel.operation(OP)).toMatchObject({ state: 'granted' });
    },
  );

  test('that comes to nothing after its wait ends at once, though the clock was set back', async () => {
    const { hotel, session, run, start, accept, wait, step: set } = await waiting();
    await accept(start());
    await hotel.present(session, OP, NONCE);
    set(-HOUR);
    await wait(WAIT_MS + 1_000);
    const ref = { propertyId: P, agentId: (await hotel.operation(OP)).agentId, session };
    await run('recordNotWritten', { ...ref, operation: OP, nonce: NONCE, now: NOW - HOUR });
    await wait(1);
    expect(await hotel.operation(OP)).toMatchObject({ state: 'expired' });
  });
});

test('nothing is left running once it is stopped', async () => {
  const { start, accept, wait, timers } = await waiting();
  const deadlines = start();
  await accept(deadlines);
  await wait(100);
  deadlines.stop();
  expect(timers()).toBe(0);
});
