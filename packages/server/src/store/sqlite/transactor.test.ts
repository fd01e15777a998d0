import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { DiskFull, type StoreError } from '../store.ts';
import { type Step, transactions } from '../testing/contract-transactions.ts';
import { compareWithModel } from '../testing/model-histories.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { openDatabase } from './database.ts';
import { type Answer, createTransactor, type RunGroup } from './transactor.ts';
import { receivedError, sendableAnswer } from './worker-messages.ts';

const count = { name: 'count', input: 'turns' };
const fact = (name: string, value: string): { name: string; input: Step[] } => ({
  name: 'script',
  input: [{ do: 'put', table: 'facts', row: { name, value } }],
});
const outcomeOf = (answer: Answer | undefined): StoreError['outcome'] | string =>
  answer?.type === 'failed' ? answer.error.outcome : String(answer?.type);

describe('transactor', () => {
  let db: Database.Database;
  let runGroup: RunGroup;
  beforeEach(() => {
    const opened = openDatabase(`${scratchFolder()}/keyrack.db`);
    db = opened.db;
    runGroup = createTransactor(db, transactions);
    return () => opened.close();
  });

  it('does what the model of a store does, whatever is asked of it', () =>
    compareWithModel(async () => {
      for (const table of ['members', 'audit', 'operations']) db.exec(`DELETE FROM ${table}`);
      // One that knows nothing of what was there.
      const runFresh = createTransactor(db, transactions);
      return {
        async run(steps) {
          const [answer] = runFresh([{ name: 'script', input: steps }]);
          if (answer?.type !== 'committed') throw new Error(answer?.type);
          return answer.result;
        },
        close: async () => {},
      };
    }, 300));

  const read = { name: 'script', input: [{ do: 'get', table: 'facts', key: ['kept'] }] };
  const written = (value: string | null) => [value === null ? null : { name: 'kept', value }];

  it('remembers no row of a transaction that was taken back', () => {
    runGroup([fact('kept', 'before')]);
    const steps: Step[] = [
      { do: 'put', table: 'facts', row: { name: 'kept', value: 'taken back' } },
      { do: 'throw', message: 'a bug' },
    ];
    const answers = runGroup([{ name: 'script', input: steps }, read]);
    expect(answers.map(outcomeOf)).toEqual(['thrown', 'committed']);
    expect(answers[1]).toMatchObject({ result: written('before') });
  });

  it('carries the others of a group out once, where one throws behind them', () => {
    const bug = {
      name: 'script',
      input: [
        { do: 'put', table: 'facts', row: { name: 'turns', value: '70' } },
        { do: 'throw', message: 'a bug' },
      ] satisfies Step[],
    };
    const answers = runGroup([count, bug, count, bug, count]);
    expect(answers.map((answer) => (answer.type === 'committed' ? answer.result : answer.type))).toEqual([
      1,
      'thrown',
      2,
      'thrown',
      3,
    ]);
    expect(runGroup([count])).toEqual([{ type: 'committed', result: 4 }]);
  });

  it('begins no savepoint unless a transaction throws: SQLite would copy each page that changes behind it', () => {
    const ran: string[] = [];
    const runWatched = createTransactor(watchingRuns(db, ran), transactions);
    runWatched([count, count]);
    expect(ran).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    runWatched([count, { name: 'script', input: [{ do: 'throw', message: 'a bug' }] }]);
    expect(ran.filter((sql) => sql === 'SAVEPOINT call')).toHaveLength(2);
  });

  it('writes what it may have to take back to no file', () => {
    expect(db.pragma('temp_store', { simple: true })).toBe(MEMORY);
  });

  it('remembers that there is no such row only until there is one', () => {
    const put = (value: string) => fact('kept', value);
    const remove = { name: 'script', input: [{ do: 'remove', table: 'facts', key: ['kept'] }] satisfies Step[] };
    const told = (calls: Parameters<RunGroup>[0]) =>
      runGroup(calls).map((answer) => (answer.type === 'committed' ? answer.result : answer.type));
    expect(told([read, put('a'), read])).toEqual([written(null), [null], written('a')]);
    expect(told([remove, read, put('b'), read])).toEqual([[null], written(null), [null], written('b')]);
    expect(told([read, remove])).toEqual([written('b'), [null]]);
    expect(told([read, put('c')])).toEqual([written(null), [null]]);
    expect(told([read])).toEqual([written('c')]);
  });

  it('remembers no row of a group that was taken back', () => {
    runGroup([fact('kept', 'before')]);
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
    const answers = runGroup([fact('kept', 'taken back'), fact('large', 'x'.repeat(1_000_000))]);
    expect(answers.map(outcomeOf)).toEqual(['aborted', 'aborted']);
    expect(runGroup([read])).toEqual([{ type: 'committed', result: written('before') }]);
  });

  it('finds what another program wrote to a row that it knows', () => {
    runGroup([fact('kept', 'before')]);
    expect(runGroup([read])).toEqual([{ type: 'committed', result: written('before') }]);
    const other = new Database(db.name);
    other.exec("UPDATE facts SET value = 'by another' WHERE name = 'kept'");
    expect(runGroup([read])).toEqual([{ type: 'committed', result: written('by another') }]);
    other.exec("DELETE FROM facts WHERE name = 'kept'");
    expect(runGroup([read])).toEqual([{ type: 'committed', result: written(null) }]);
    other.exec("INSERT INTO facts (name, value) VALUES ('kept', 'again')");
    other.close();
    runGroup([fact('kept', 'last')]);
    expect(runGroup([read])).toEqual([{ type: 'committed', result: written('last') }]);
  });

  it('loses no write to a row that it knows and that is gone: the group runs again, and knows nothing', () => {
    runGroup([fact('kept', 'before')]);
    // On its own connection, so that SQLite tells of no other program.
    db.exec("DELETE FROM facts WHERE name = 'kept'");
    const answers = runGroup([fact('other', 'of the group'), fact('kept', 'after')]);
    expect(answers.map(outcomeOf)).toEqual(['committed', 'committed']);
    // Not asked of the rows that it remembers.
    expect(db.prepare("SELECT value FROM facts WHERE name = 'kept'").pluck().all()).toEqual(['after']);
  });

  it('waits for the disk at every commit', () => {
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
  });

  it('says that nothing was written when the disk is full, and goes on when there is space', () => {
    const [before] = runGroup([count]);
    expect(before).toEqual({ type: 'committed', result: 1 });
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
    const large = fact('large', 'x'.repeat(1_000_000));
    const answers = runGroup([count, large, count]);
    expect(answers.map(outcomeOf)).toEqual(['aborted', 'aborted', 'aborted']);
    const [first] = answers as Exclude<(typeof answers)[number], { type: 'committed' | 'thrown' }>[];
    expect(first?.error).toBeInstanceOf(DiskFull);
    // Its caller is told the same, in another thread.
    const told = receivedError(structuredClone(sendableAnswer(first as NonNullable<typeof first>)) as never);
    expect(told).toBeInstanceOf(DiskFull);
    expect(told.message).toBe('the disk is full: nothing was written. Make space and try again.');
    expect(runGroup([count])).toEqual([{ type: 'committed', result: 2 }]);
    db.pragma('max_page_count = 1000000');
    expect(runGroup([large, count]).map(outcomeOf)).toEqual(['committed', 'committed']);
  });

  it.each([
    ['SQLITE_IOERR_FSYNC', 'unknown'],
    ['SQLITE_IOERR_WRITE', 'unknown'],
    ['SQLITE_FULL', 'aborted'],
  ])('answers a commit that fails with %s by "%s"', (code, outcome) => {
    const failing = createTransactor(failingAtCommit(db, code), transactions);
    expect(failing([count, count]).map(outcomeOf)).toEqual([outcome, outcome]);
    expect(runGroup([count])).toEqual([{ type: 'committed', result: 1 }]);
  });

  it('says that nothing was written when another program holds the database', () => {
    db.pragma('busy_timeout = 20');
    const other = new Database(db.name);
    other.exec('BEGIN IMMEDIATE');
    expect(runGroup([count]).map(outcomeOf)).toEqual(['aborted']);
    other.close();
    expect(runGroup([count])).toEqual([{ type: 'committed', result: 1 }]);
  });
});

/** `PRAGMA temp_store` */
const MEMORY = 2;

/** The same connection, which notes the statements that begin, end or save something. */
function watchingRuns(db: Database.Database, ran: string[]): Database.Database {
  return new Proxy(db, {
    get(target, property) {
      const value = Reflect.get(target, property, target);
      if (property !== 'prepare') return typeof value === 'function' ? value.bind(target) : value;
      return (sql: string) => {
        const statement = target.prepare(sql);
        if (!/^(?:BEGIN|COMMIT|SAVEPOINT)/.test(sql)) return statement;
        return {
          run() {
            ran.push(sql);
            return statement.run();
          },
        };
      };
    },
  });
}

/** The same connection, but its COMMIT fails as a broken disk would make it. */
function failingAtCommit(db: Database.Database, code: string): Database.Database {
  return new Proxy(db, {
    get(target, property) {
      const value = Reflect.get(target, property, target);
      if (property !== 'prepare') return typeof value === 'function' ? value.bind(target) : value;
      return (sql: string) => {
        if (sql !== 'COMMIT') return target.prepare(sql);
        return {
          run() {
            throw new Database.SqliteError('broken', code);
          },
        };
      };
    },
  });
}
