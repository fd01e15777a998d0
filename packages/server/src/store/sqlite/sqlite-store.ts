import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { checkQueries } from '../query-names.ts';
import { type NoQueries, type Queries, type Store, StoreError, StoreRefusal, type TransactionSet } from '../store.ts';
import { StoreOpenError } from '../store-open-error.ts';
import { openToRead } from './database.ts';
import { createListThread } from './list-thread.ts';
import { createQueryRunner } from './query-runner.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts';
import { createWriterThread, type WriterThread } from './writer-thread.ts';

/** Transactions that may wait or be under way, and lists. Beyond it they are refused: their callers would have given up. */
export const WAITING_LIMIT = 10_000;

export interface SqliteStoreOptions {
  /** Path of the database. It is made where it is missing; its folder must exist. */
  readonly file: string;
  /** The module that exports the transaction set as `transactions`; the thread of the database imports it. */
  readonly transactions: URL;
  /** The module that exports the queries as `queries`; this thread and that of the lists import it. */
  readonly queries?: URL;
  /** How long one list may take before its thread is taken for one that hangs; LIST_MS unless told. */
  readonly listMs?: number;
  /** Called once when the store ends by itself: it answers nothing any more, and the process had better end. */
  readonly onFailure?: (error: Error) => void;
}

export interface SqliteStore<T extends TransactionSet, Q extends Queries = NoQueries> extends Store<T, Q> {
  figures(): StoreFigures;
}

/** Counts since the store was opened, but for `waiting`, which is of this moment. */
export interface StoreFigures {
  readonly transactions: number;
  readonly groups: number;
  readonly waiting: number;
}

/**
 * Opens the database for this process alone. Rejects with a StoreOpenError. The exception of a transaction arrives as
 * an Error of the same name and message, and so does that of a list: its class is lost between the threads.
 */
export async function openSqliteStore<T extends TransactionSet, Q extends Queries = NoQueries>(
  options: SqliteStoreOptions,
): Promise<SqliteStore<T, Q>> {
  const { file, transactions, queries, onFailure } = options;
  const workerData: WorkerOptions = { file, transactions: transactions.href };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
  await opening(worker, file);
  try {
    const loaded = queries === undefined ? NO_QUERIES : await loadQueries(file, queries);
    return storeOver(options, createWriterThread(worker, onFailure), openToRead(file), loaded);
  } catch (error) {
    worker.postMessage({ type: 'close' } satisfies ToWorker);
    throw error;
  }
}

const NO_QUERIES: Queries = { quick: {}, lists: {} };

function opening(worker: Worker, file: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.once('message', (message: FromWorker) => {
    if (message.type === 'not-opened') reject(new StoreOpenError(message.file, message.matter));
    else resolve();
  });
  worker.once('error', (error) =>
    reject(new StoreOpenError(file, 'the store could not be started.', { cause: error })),
  );
  worker.once('exit', (code) => reject(new StoreOpenError(file, `the store ended with code ${code}.`)));
  return promise;
}

async function loadQueries(file: string, url: URL): Promise<Queries> {
  try {
    return ((await import(url.href)) as { queries: Queries }).queries;
  } catch (error) {
    throw new StoreOpenError(file, 'the queries of the store could not be loaded.', { cause: error });
  }
}

/**
 * Quick queries are answered in this thread, on a connection of its own: a hop to another one costs this thread as much
 * (docs/decisions/0021-reads.md).
 */
function storeOver<T extends TransactionSet, Q extends Queries>(
  { file, queries, listMs }: SqliteStoreOptions,
  writer: WriterThread,
  db: Database.Database,
  loaded: Queries,
): SqliteStore<T, Q> {
  const queryNamed = checkQueries(loaded);
  const runQuick = createQueryRunner(db);
  const lists = createListThread({ file, queries: queries?.href ?? '' }, { most: WAITING_LIMIT, listMs });
  let closing: Promise<void> | undefined;

  const refusal = (done: string, waiting = 0): StoreError | null => {
    if (writer.hasFailed())
      return new StoreError('aborted', `the store ended by itself: nothing was ${done}. Restart the server.`);
    if (closing !== undefined) return new StoreRefusal(`the store is closed: nothing was ${done}.`);
    if (waiting < WAITING_LIMIT) return null;
    return new StoreRefusal(`${WAITING_LIMIT} calls are waiting for the store: nothing was ${done}. Try again later.`);
  };
  const close = async (): Promise<void> => {
    // The last connection to close carries the log over into the database: that is the writer's.
    await lists.close();
    db.close();
    await writer.close();
  };

  return {
    async run(name, input) {
      const refused = refusal('written', writer.waiting());
      if (refused !== null) throw refused;
      return writer.run(name, input) as never;
    },
    async read(name, input, options) {
      const { query, isQuick } = queryNamed(name);
      const refused = refusal('read');
      if (refused !== null) throw refused;
      // A quick query waits for nothing, so that no number of lists keeps it out.
      return (isQuick ? runQuick(query, input) : await lists.read(name, input, options)) as never;
    },
    async close() {
      closing ??= close();
      await closing;
    },
    figures: () => ({ ...writer.figures(), waiting: writer.waiting() }),
  };
}
