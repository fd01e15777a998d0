import { describe, expect, test } from 'vitest';
import { queries } from '../queries/index.ts';
import { createMemoryStore } from '../store/index.ts';
import { ListThreadEnded, StoreError, StoreRefusal } from '../store/store.ts';
import { recordingLog } from '../testing/recording-log.ts';
import { transactions } from '../transactions/index.ts';
import { TRIAL, watchCommits } from './commit-health.ts';
import type { ServerStore } from './runner.ts';

/** A store that fails as it is told, a clock that goes when it is told, and what stands in the log. */
function world() {
  let failure: Error | null = null;
  let now = 0;
  let trials = 0;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  const memory = createMemoryStore(transactions, queries);
  const store: ServerStore = {
    ...memory,
    run: async (name, input) => {
      if (name === 'trialCommit') trials += 1;
      if (failure !== null && !(failure instanceof ListThreadEnded)) throw failure;
      return memory.run(name, input);
    },
    read: async (name, input) => {
      if (failure !== null) throw failure;
      return memory.read(name, input);
    },
  };
  const clock = {
    now: () => now,
    monotonic: () => now,
    setTimeout(run: () => void, ms: number) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer: object) => void timers.delete(timer as never),
  };
  const { log, lines } = recordingLog();
  const health = watchCommits(store, clock, log);
  return {
    health,
    fail: (text: string) => (failure = new StoreError('aborted', text)),
    refuse: (text: string) => (failure = new StoreRefusal(text)),
    endLists: () => (failure = new ListThreadEnded('it ended')),
    mend: () => (failure = null),
    trials: () => trials,
    said: () => lines.map(({ msg, cause }) => (cause === undefined ? msg : cause)),
    levels: () => lines.map(({ level }) => level),
    use: () => health.store.run('offerSetUp', { tokenHash: '' }).catch((error: Error) => error.message),
    look: () => health.store.read('databaseUse', {}).catch((error: Error) => error.message),
    async wait(ms: number) {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.run();
      }
      // Whatever follows from it is a matter of microtasks: the store is in memory.
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    },
  };
}

const WORKS = 'the database can be written again';

describe('whether the database can be written', () => {
  test('is found out by a trial, at most one in five seconds however many ask', async () => {
    const { health, trials, wait } = world();
    for (let second = 0; second < 20; second += 1) {
      const asked = Array.from({ length: 50 }, () => health.isHealthy());
      expect(new Set(await Promise.all(asked))).toEqual(new Set([true]));
      await wait(1_000);
    }
    expect(trials()).toBe(20_000 / TRIAL.everyMs);
  });

  test('is told as soon as anything failed, though a trial has just succeeded', async () => {
    const { health, fail, use } = world();
    expect(await health.isHealthy()).toBe(true);
    fail('the disk is full');
    await use();
    expect(await health.isHealthy()).toBe(false);
  });

  test('is told of queries that failed, too', async () => {
    const { health, fail, mend, look, wait, said } = world();
    fail("the database can't be read");
    expect(await look()).toBe("the database can't be read");
    expect(await health.isHealthy()).toBe(false);
    mend();
    await wait(TRIAL.everyMs);
    expect(said()).toEqual(["the database can't be read", WORKS]);
  });

  test('is known again by itself once it works, though nobody asks', async () => {
    const { health, fail, mend, use, wait, said, trials } = world();
    fail('the disk is full');
    await use();
    await wait(TRIAL.everyMs);
    mend();
    await wait(TRIAL.everyMs);
    expect(said()).toEqual(['the disk is full', WORKS]);
    expect(await health.isHealthy()).toBe(true);
    const before = trials();
    await wait(TRIAL.everyMs * 10);
    expect(trials(), 'nothing is tried while all is well and nobody asks').toBe(before);
  });

  test.each(['10,000 calls are waiting', 'the store is closed'])(
    'is not taken from calls that it did not take: %s',
    async (why) => {
      const { health, refuse, fail, use, said, wait } = world();
      refuse(why);
      await use();
      expect(await health.isHealthy()).toBe(true);
      expect(said()).toEqual([]);
      fail('the disk is full');
      await use();
      refuse(why);
      await wait(TRIAL.everyMs);
      expect(await health.isHealthy(), 'nor does one end a trouble').toBe(false);
    },
  );

  test('is not taken from what succeeds by itself meanwhile: it may only have read', async () => {
    const { health, fail, mend, use } = world();
    fail('the disk is full');
    await use();
    await health.isHealthy();
    mend();
    await use();
    expect(await health.isHealthy()).toBe(false);
  });
});

test('the end of the thread that reads lists is told by itself, once for all whose lists it read; nothing else is in trouble', async () => {
  const { health, endLists, look, said, levels } = world();
  endLists();
  await Promise.all([look(), look()]);
  expect(await health.isHealthy()).toBe(true);
  expect(said()).toEqual([expect.stringContaining('the thread that reads lists ended')]);
  expect(levels()).toEqual([50]);
  endLists();
  await look();
  expect(said()).toHaveLength(2);
});

describe('the cause', () => {
  test('stands in the log once, as an error, however often it comes', async () => {
    const { fail, use, wait, said, levels } = world();
    fail('the disk is full');
    for (let n = 0; n < 100; n += 1) {
      await use();
      await wait(500);
    }
    expect(said()).toEqual(['the disk is full']);
    expect(levels()).toEqual([50]);
  });

  test('is told again when it changes, and after it worked', async () => {
    const { fail, mend, use, wait, said } = world();
    const flap = async () => {
      for (const why of ['the disk is full', 'the disk is broken', 'the disk is full', 'the disk is broken']) {
        fail(why);
        await use();
      }
    };
    await flap();
    mend();
    await wait(TRIAL.everyMs);
    await flap();
    expect(said()).toEqual(['the disk is full', 'the disk is broken', WORKS, 'the disk is full', 'the disk is broken']);
  });

  test('is none when the server stops and the store is closed', async () => {
    const { health, use, fail, said } = world();
    health.stop();
    fail('the store is closed');
    await use();
    expect(said()).toEqual([]);
  });
});
