import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ListThreadEnded, StoreRefusal, UnwantedList } from '../store.ts';
import { StoreOpenError } from '../store-open-error.ts';
import type { ContractQueries, ContractTransactions, ReadStep } from '../testing/contract-transactions.ts';
import { describeKillContract } from '../testing/kill-contract.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { describeStoreContract } from '../testing/store-contract.ts';
import { openSqliteStore, type SqliteStore, type SqliteStoreOptions, WAITING_LIMIT } from './sqlite-store.ts';
import { GROUP_LIMIT } from './writer-thread.ts';

const transactions = new URL('../testing/contract-transactions.ts', import.meta.url);
const openStoreAt = (
  file: string,
  options: Partial<SqliteStoreOptions> = {},
): Promise<SqliteStore<ContractTransactions, ContractQueries>> =>
  openSqliteStore<ContractTransactions, ContractQueries>({ file, transactions, queries: transactions, ...options });
const openNew = (options?: Partial<SqliteStoreOptions>) => openStoreAt(join(scratchFolder(), 'keyrack.db'), options);

// Its statements are compared with the model in transactor.test.ts, which opens no threads for each history.
describeStoreContract('sqlite', openNew, 5);
describeKillContract('sqlite', async () => {
  const file = join(scratchFolder(), 'keyrack.db');
  return {
    open: () => openStoreAt(file),
    countUntilKilled: async (until) => {
      let reported = 0;
      const child = startCounting(file);
      for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
        reported = Math.max(reported, Number(line));
        if (reported >= until) child.kill('SIGKILL');
      }
      return reported;
    },
  };
});

describe('sqlite store', () => {
  it('keeps what it was told when it is opened again', async () => {
    const file = join(scratchFolder(), 'keyrack.db');
    for (const expected of [1, 2, 3]) {
      const store = await openStoreAt(file);
      expect(await store.run('count', 'turns')).toBe(expected);
      await store.close();
    }
  });

  it('commits what is called together as one group, up to the limit', async () => {
    const store = await openNew();
    await Promise.all(Array.from({ length: 4 * GROUP_LIMIT }, () => store.run('count', 'turns')));
    expect(store.figures()).toEqual({ transactions: 4 * GROUP_LIMIT, groups: 4, waiting: 0 });
    await store.close();
  });

  it('refuses lists beyond the limit, and no quick query with them', async () => {
    const store = await openNew();
    const lists = Array.from({ length: WAITING_LIMIT }, () => store.read('list', []));
    await expect(store.read('list', [])).rejects.toThrow('are waiting');
    expect(await store.read('look', [{ do: 'get', table: 'facts', key: ['a'] }])).toEqual([null]);
    await Promise.all(lists);
    await store.close();
  });

  it('ends what is under way before it closes', async () => {
    const store = await openNew();
    const counts = Promise.all(Array.from({ length: 200 }, () => store.run('count', 'turns')));
    await store.close();
    expect((await counts).at(-1)).toBe(200);
  });

  it('refuses calls beyond the limit of those that wait', async () => {
    const store = await openNew();
    const accepted = Array.from({ length: WAITING_LIMIT }, () => store.run('count', 'turns'));
    const refused = await store.run('count', 'turns').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StoreRefusal);
    expect(refused).toMatchObject({ outcome: 'aborted', message: expect.stringContaining('are waiting') });
    expect((await Promise.all(accepted)).at(-1)).toBe(WAITING_LIMIT);
    await store.close();
  });

  it('says what it knows when its thread dies, and tells of it once', async () => {
    const failures: Error[] = [];
    const store = await openNew({ onFailure: (error) => failures.push(error) });
    const underWay = [store.run('count', 'turns'), store.run('endOfThread', undefined)];
    const queued = Array.from({ length: GROUP_LIMIT }, () => store.run('count', 'turns'));
    const outcomes = (await Promise.allSettled([...underWay, ...queued])).map(
      (outcome) => outcome.status === 'rejected' && outcome.reason.outcome,
    );
    expect(outcomes.slice(0, GROUP_LIMIT)).toEqual(Array(GROUP_LIMIT).fill('unknown'));
    expect(outcomes.slice(GROUP_LIMIT)).toEqual(['aborted', 'aborted']);
    await expect(store.run('count', 'turns')).rejects.toMatchObject({ outcome: 'aborted' });
    expect(failures).toHaveLength(1);
    await store.close();
  });

  it('lets no list hold up a quick query or a transaction', async () => {
    const store = await openNew();
    await store.run('count', 'turns');
    let isOver = false;
    const slow = store.read('slow', { name: 'turns', ms: 1_000 }).then((seen) => {
      isOver = true;
      return seen;
    });
    const get: ReadStep = { do: 'get', table: 'facts', key: ['turns'] };
    for (let turn = 2; turn <= 20; turn += 1) {
      expect(await store.run('count', 'turns')).toBe(turn);
      expect(await store.read('look', [get])).toEqual([{ name: 'turns', value: String(turn) }]);
    }
    expect(isOver).toBe(false);
    // Its snapshot is of one moment, however much was written meanwhile.
    expect(await slow).toHaveLength(1);
    await store.close();
  });

  it('reads the lists of others in between, however many somebody asks for', async () => {
    const store = await openNew();
    const over: string[] = [];
    const ask = (lane: string, count: number) =>
      Array.from({ length: count }, () => store.read('list', [], { lane }).then(() => over.push(lane)));
    await Promise.all([...ask('greedy', 100), ...ask('modest', 2), ...ask('third', 1)]);
    expect(over.slice(0, 7).toSorted()).toEqual([...Array(4).fill('greedy'), 'modest', 'modest', 'third']);
    await store.close();
  });

  it('leaves out a list that nobody waits for any more', async () => {
    const store = await openNew();
    const leaving = new AbortController();
    const begun = [store.read('list', []), store.read('list', [])];
    // It would take a lifetime.
    const unwanted = store.read('slow', { name: 'turns', ms: 3_600_000 }, { unwanted: leaving.signal });
    const behind = store.read('list', []);
    leaving.abort();
    await expect(unwanted).rejects.toBeInstanceOf(UnwantedList);
    expect(await Promise.all([...begun, behind])).toEqual([[], [], []]);
    await expect(store.read('list', [], { unwanted: leaving.signal })).rejects.toBeInstanceOf(UnwantedList);
    await store.close();
  });

  it('says of a list that its thread ended, and reads the next one', async () => {
    const store = await openNew();
    await store.run('count', 'turns');
    await expect(store.read('endOfListThread', undefined)).rejects.toBeInstanceOf(ListThreadEnded);
    const get: ReadStep = { do: 'get', table: 'facts', key: ['turns'] };
    expect(await store.read('list', [get])).toEqual([{ name: 'turns', value: '1' }]);
    await store.close();
  });

  it('ends the thread of a list that hangs, says so, and reads the next one', async () => {
    const store = await openNew({ listMs: 4_000 });
    await store.run('count', 'turns');
    const [hung, behind] = await Promise.allSettled([
      store.read('slow', { name: 'turns', ms: 600_000 }),
      store.read('list', []),
    ]);
    for (const each of [hung, behind])
      expect(each).toMatchObject({ status: 'rejected', reason: { outcome: 'aborted' } });
    expect((hung as PromiseRejectedResult).reason).toBeInstanceOf(ListThreadEnded);
    const get: ReadStep = { do: 'get', table: 'facts', key: ['turns'] };
    // A slow machine may take longer to start the thread anew.
    const next = () => store.read('list', [get]).catch(() => null);
    await expect.poll(next).toEqual([{ name: 'turns', value: '1' }]);
    await store.close();
  });

  it('rejects only the list whose input or result is no plain data', async () => {
    const store = await openNew();
    const outcomes = await Promise.allSettled([
      store.read('list', (() => 'no data') as never),
      store.read('listThatIsNoData', undefined),
      store.read('list', []),
    ]);
    expect(outcomes[0]).toMatchObject({ reason: { name: 'DataCloneError' } });
    expect(outcomes[1]).toMatchObject({ reason: { name: 'DataCloneError' } });
    expect(outcomes[2]).toEqual({ status: 'fulfilled', value: [] });
    await store.close();
  });

  it('is refused when a query is both quick and a list', async () => {
    const queries = new URL('../testing/twice-named-queries.ts', import.meta.url);
    await expect(openNew({ queries })).rejects.toThrow('look is both quick and a list');
  });

  it('rejects only the call whose input or result is no plain data', async () => {
    const store = await openNew();
    const outcomes = await Promise.allSettled([
      store.run('count', (() => 'no data') as unknown as string),
      store.run('resultThatIsNoData', undefined),
      store.run('count', 'turns'),
    ]);
    expect(outcomes[0]).toMatchObject({ reason: { name: 'DataCloneError' } });
    expect(outcomes[1]).toMatchObject({ reason: { name: 'StoreError', outcome: 'unknown' } });
    expect(outcomes[2]).toEqual({ status: 'fulfilled', value: 1 });
    await store.close();
  });
});

describe('opening a sqlite store', () => {
  it('is refused while another process serves the database, and not once that is killed', async () => {
    const file = join(scratchFolder(), 'keyrack.db');
    const child = startCounting(file);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    await expect(openStoreAt(file)).rejects.toThrow(
      `${file}: another Keyrack server is serving this database. Stop it first.`,
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await openStoreAt(file)).close();
  });

  it('is refused to a second store of the same process', async () => {
    const file = join(scratchFolder(), 'keyrack.db');
    const store = await openStoreAt(file);
    await expect(openStoreAt(file)).rejects.toBeInstanceOf(StoreOpenError);
    await store.close();
  });

  it('stays refused to others when garbage is collected, which would close a lock that nobody refers to', async () => {
    const file = join(scratchFolder(), 'keyrack.db');
    const store = await openStoreAt(file);
    for (let turn = 0; turn < 5; turn += 1) await store.run('collectGarbage', undefined);
    await expect(openStoreAt(file)).rejects.toThrow('another Keyrack server is serving this database');
    await store.close();
  });

  it.each<[string, string, (file: string) => void]>([
    ['no database', 'this is not a Keyrack database', (file) => writeFileSync(file, 'Dear diary, '.repeat(1000))],
    ['a folder', 'this is a folder, where a file is wanted', (file) => mkdirSync(file)],
    ['in a folder that does not exist', 'there is no such file or folder', (file) => void file],
  ])('is refused when the file is %s', async (what, matter, prepare) => {
    const file = join(scratchFolder(), what.startsWith('in') ? 'no/where.db' : 'keyrack.db');
    prepare(file);
    const opening = openStoreAt(file);
    await expect(opening).rejects.toBeInstanceOf(StoreOpenError);
    await expect(opening).rejects.toThrow(matter);
    await expect(opening).rejects.toThrow(file);
  });

  it('is refused when the transactions cannot be loaded', async () => {
    await expect(openNew({ transactions: new URL('file:///no/such/module.ts') })).rejects.toBeInstanceOf(
      StoreOpenError,
    );
  });

  it.skipIf(process.platform === 'win32')('makes files that no other user can read', async () => {
    const file = join(scratchFolder(), 'keyrack.db');
    const store = await openStoreAt(file);
    await store.run('count', 'turns');
    for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
    await store.close();
  });
});

function startCounting(file: string): ChildProcess {
  const script = fileURLToPath(new URL('../testing/commit-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
