import { type Store, StoreError } from '@keyrack/server/store/store.ts';
import {
  type ContractQueries,
  type ContractTransactions,
  queries,
  transactions,
} from '@keyrack/server/store/testing/contract-transactions.ts';
import { describeKillContract } from '@keyrack/server/store/testing/kill-contract.ts';
import { describeStoreContract } from '@keyrack/server/store/testing/store-contract.ts';
import { describe, expect, it } from 'vitest';
import { createComputer, startProcess } from './clockwork/computer.ts';
import { createRandom } from './clockwork/random.ts';
import { createScheduler } from './clockwork/scheduler.ts';
import { NO_TRACE } from './clockwork/trace.ts';
import { createDatabase, type Database, type Fate } from './world/database.ts';

// The database of the simulation must do what a real one does, or the simulation proves something about a world that
// doesn't exist: the contracts are those that SQLite fulfils.

const NO_EYES = { executed: () => {}, durable: () => {}, answered: () => {}, undone: () => {} };

interface SimulatedDatabase {
  readonly database: Database<ContractTransactions, ContractQueries>;
  /** What the next transactions meet, in turn. */
  readonly fates: Fate[];
  /** A connection. */
  connect(): Store<ContractTransactions, ContractQueries>;
  /** A connection whose calls make time pass until they are answered. */
  open(): Store<ContractTransactions, ContractQueries>;
  /** The process that has the connection dies. */
  kill(): void;
  pass(ms: number, enough?: () => boolean): Promise<void>;
}

function simulatedDatabase(seed: number): SimulatedDatabase {
  const scheduler = createScheduler({
    afterEvent: () => {},
    onError: (error) => {
      throw error;
    },
  });
  const fates: Fate[] = [];
  const database = createDatabase({
    transactions,
    queries,
    scheduler,
    random: createRandom(seed, 'database'),
    queryRandom: createRandom(seed, 'queries'),
    trace: NO_TRACE,
    eyes: NO_EYES,
    fate: () => fates.shift() ?? 'done',
    commitMs: (random) => random.between(1, 20),
  });
  const computer = createComputer('server');
  let process = startProcess(scheduler, computer, 'server');
  let calls = 0;
  let passing: Promise<void> | null = null;
  const letTimePass = () => {
    passing ??= scheduler
      .runUntil(scheduler.now() + 1_000_000, () => calls === 0 || !process.alive)
      .then(() => {
        passing = null;
      });
  };
  const connect = () => {
    process = startProcess(scheduler, computer, 'server');
    return database.open(process);
  };
  return {
    database,
    fates,
    connect,
    open() {
      const store = connect();
      const passTime =
        (call: (name: never, input: never) => Promise<unknown>) =>
        (name: never, input: never): Promise<unknown> => {
          calls += 1;
          letTimePass();
          return call(name, input).finally(() => {
            calls -= 1;
          });
        };
      return { run: passTime(store.run) as never, read: passTime(store.read) as never, close: () => store.close() };
    },
    kill() {
      process.alive = false;
      calls = 0;
      database.crash();
    },
    async pass(ms, enough = () => false) {
      await passing;
      await scheduler.runUntil(scheduler.now() + ms, enough);
    },
  };
}

describeStoreContract('database of the simulation', async () => simulatedDatabase(1).open(), 200);

describeKillContract('database of the simulation', async () => {
  const simulated = simulatedDatabase(1);
  return {
    open: async () => simulated.open(),
    async countUntilKilled(until) {
      const store = simulated.open();
      let reported = 0;
      await new Promise<void>((resolve) => {
        const count = async () => {
          while (reported < until) {
            const turns = await store.run('countBoth', ['turns', 'twins']);
            reported = Math.max(reported, turns);
          }
          resolve();
        };
        for (let caller = 0; caller < 4; caller += 1) void count();
      });
      simulated.kill();
      return reported;
    },
  };
});

/** What no test can do to a real one at will. */
describe('database of the simulation: what can become of a transaction', () => {
  const turns = ({ database }: SimulatedDatabase) =>
    Number(database.peek((tx) => tx.get('facts', 'turns')?.value ?? '0'));
  const outcomeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: unknown) => (error instanceof StoreError ? error.outcome : error),
    );

  it.each<[Fate, string, number, number]>([
    ['done', 'done', 1, 1],
    ['aborted', 'aborted', 0, 0],
    ['unknown, done', 'unknown', 1, 1],
    ['unknown, not done', 'unknown', 0, 0],
    ['unknown, late', 'unknown', 0, 1],
  ])('is %s: the caller hears "%s"', async (fate, outcome, then, later) => {
    const simulated = simulatedDatabase(1);
    simulated.fates.push(fate);
    expect(await outcomeOf(simulated.open().run('count', 'turns'))).toBe(outcome);
    expect(turns(simulated)).toBe(then);
    await simulated.pass(1_000);
    expect(turns(simulated)).toBe(later);
  });

  it('may lose the last ones in a crash, when nobody was told of them, and only those', async () => {
    const left = new Set<number>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const simulated = simulatedDatabase(seed);
      expect(await simulated.open().run('count', 'turns')).toBe(1);
      const store = simulated.connect();
      void store.run('count', 'turns');
      void store.run('count', 'turns');
      await simulated.pass(1_000, () => simulated.database.pending().length === 2);
      simulated.kill();
      left.add(turns(simulated));
    }
    expect([...left].sort()).toEqual([1, 2, 3]);
  });

  it('shows a query nothing that a crash may still undo', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const simulated = simulatedDatabase(seed);
      const turnsRead = async () => {
        const [found] = await simulated.open().read('look', [{ do: 'get', table: 'facts', key: ['turns'] }]);
        return Number((found as { value: string } | null)?.value ?? 0);
      };
      await simulated.open().run('count', 'turns');
      const store = simulated.connect();
      void store.run('count', 'turns');
      await simulated.pass(1_000, () => simulated.database.pending().length === 1);
      const seen: unknown[] = [];
      void store.read('look', [{ do: 'get', table: 'facts', key: ['turns'] }]).then((found) => seen.push(found));
      await simulated.pass(10, () => seen.length > 0);
      const pending = simulated.database.pending().length;
      simulated.kill();
      if (pending > 0) expect(seen).toEqual(seen.length === 0 ? [] : [[{ name: 'turns', value: '1' }]]);
      expect(await turnsRead()).toBe(turns(simulated));
    }
  });

  it('answers queries from the backup that was brought back', async () => {
    const simulated = simulatedDatabase(1);
    await simulated.open().run('count', 'turns');
    const backup = simulated.database.backup();
    await simulated.open().run('count', 'turns');
    simulated.kill();
    simulated.database.restore(backup);
    const found = await simulated.open().read('look', [{ do: 'get', table: 'facts', key: ['turns'] }]);
    expect(found).toEqual([{ name: 'turns', value: '1' }]);
  });

  it.each<Fate>(['aborted', 'unknown, done', 'unknown, not done', 'unknown, late'])(
    'a query fails where a transaction would be %s',
    async (fate) => {
      const simulated = simulatedDatabase(1);
      simulated.fates.push(fate);
      expect(await outcomeOf(simulated.open().read('look', []))).toBe('aborted');
    },
  );

  it('goes back to a backup as often as one likes, and what was under way is gone', async () => {
    const simulated = simulatedDatabase(1);
    await simulated.open().run('count', 'turns');
    const backup = simulated.database.backup();
    for (let i = 0; i < 3; i += 1) {
      const store = simulated.open();
      expect(await store.run('count', 'turns')).toBe(2);
      simulated.fates.push('unknown, late');
      expect(await outcomeOf(store.run('count', 'turns'))).toBe('unknown');
      simulated.kill();
      simulated.database.restore(backup);
      await simulated.pass(1_000);
      expect(turns(simulated)).toBe(1);
    }
  });
});
