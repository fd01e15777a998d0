import Database from 'better-sqlite3';
import { DiskFull, StoreError, type TransactionSet } from '../store.ts';
import { createRows } from './rows.ts';

export interface Call {
  readonly name: string;
  readonly input: unknown;
}

/** What became of one call. */
export type Answer =
  | { readonly type: 'committed'; readonly result: unknown }
  /** The transaction threw: a bug, and nothing of it was written. */
  | { readonly type: 'thrown'; readonly error: unknown }
  | { readonly type: 'failed'; readonly error: StoreError };

/** Runs the calls, in order, and commits them together. Answers in the order of the calls. */
export type RunGroup = (calls: readonly Call[]) => Answer[];

/**
 * Group commit: one BEGIN and one COMMIT, hence one fsync, for the whole group. A transaction that throws takes back its own
 * writes alone.
 *
 * A group runs without savepoints first, and only where a transaction throws, which is a bug, once more with one for each.
 * SQLite copies every page that changes behind a savepoint: a seventh of the time of this thread. Transactions know no clock
 * and no chance, so the second run does the same.
 */
export function createTransactor(db: Database.Database, transactions: TransactionSet): RunGroup {
  const tx = createRows(db);
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const save = db.prepare('SAVEPOINT call');
  const release = db.prepare('RELEASE call');
  const takeBack = db.prepare('ROLLBACK TO call');
  const readVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  /** It is another one once another program, e.g. somebody's sqlite3 shell, has written to the database. */
  let version: number | undefined;

  const runOne = ({ name, input }: Call): Answer => {
    const transaction = Object.hasOwn(transactions, name) ? transactions[name] : undefined;
    if (transaction === undefined) return { type: 'thrown', error: new TypeError(`there is no transaction ${name}`) };
    try {
      return { type: 'committed', result: transaction(tx, input) };
    } catch (error) {
      if (isEngineFailure(error)) throw error;
      return { type: 'thrown', error };
    }
  };
  const runSaved = (call: Call): Answer => {
    save.run();
    const answer = runOne(call);
    if (answer.type === 'thrown') {
      takeBack.run();
      tx.forget();
    }
    release.run();
    return answer;
  };
  const open = (): void => {
    begin.run();
    const current = readVersion.get();
    if (current !== version) tx.forget();
    version = current;
  };
  const runAll = (calls: readonly Call[]): Answer[] => {
    const answers: Answer[] = [];
    for (const call of calls) {
      const answer = runOne(call);
      if (answer.type === 'thrown') {
        rollback.run();
        tx.forget();
        open();
        return calls.map(runSaved);
      }
      answers.push(answer);
    }
    return answers;
  };

  return (calls) => {
    let committing = false;
    try {
      open();
      const answers = runAll(calls);
      committing = true;
      commit.run();
      return answers;
    } catch (error) {
      // SQLite rolls back by itself on some errors, e.g. when the disk is full in the middle of a statement.
      if (db.inTransaction) rollback.run();
      tx.forget();
      const failed: Answer = { type: 'failed', error: explainFailure(error, committing) };
      return calls.map(() => failed);
    }
  };
}

/** What SQLite throws, but for a constraint: that one is a bug of the transaction that ran into it. */
function isEngineFailure(error: unknown): error is InstanceType<typeof Database.SqliteError> {
  return error instanceof Database.SqliteError && !error.code.startsWith('SQLITE_CONSTRAINT');
}

function explainFailure(error: unknown, committing: boolean): StoreError {
  if (!isEngineFailure(error)) throw error;
  const { code } = error;
  if (code.startsWith('SQLITE_FULL')) {
    // Found by a write that didn't fit, so that the log has no end mark of this group.
    return new DiskFull({ cause: error });
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new StoreError('aborted', 'another program is writing to the database: nothing was written.', {
      cause: error,
    });
  }
  if (committing) {
    // The end mark may have reached the disk although SQLite was told that it didn't; only a recovery can tell.
    return new StoreError('unknown', `the commit failed (${code}): what was written is known after a restart.`, {
      cause: error,
    });
  }
  return new StoreError('aborted', `the database failed (${code}): nothing was written. Check the disk.`, {
    cause: error,
  });
}
