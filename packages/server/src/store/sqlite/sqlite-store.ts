import { Worker } from 'node:worker_threads';
import { type Store, StoreError, StoreRefusal, type TransactionSet } from '../store.ts';
import { StoreOpenError } from './store-open-error.ts';
import type { Call } from './transactor.ts';
import { type FromWorker, receivedError, type ToWorker, type WorkerOptions } from './worker-messages.ts';

/** Transactions that share one fsync. More would make the first of them wait for the last. */
export const GROUP_LIMIT = 64;
/** Calls that may wait or be under way. Beyond it they are refused, since their callers would have given up. */
export const WAITING_LIMIT = 10_000;

export interface SqliteStoreOptions {
  /** Path of the database. It is made where it is missing; its folder must exist. */
  readonly file: string;
  /** The module that exports the transaction set as `transactions`; the thread of the database imports it. */
  readonly transactions: URL;
  /** Called once when the store ends by itself: it answers nothing any more, and the process had better end. */
  readonly onFailure?: (error: Error) => void;
}

export interface SqliteStore<T extends TransactionSet> extends Store<T> {
  figures(): StoreFigures;
}

/** Counts since the store was opened, but for `waiting`, which is of this moment. */
export interface StoreFigures {
  readonly transactions: number;
  readonly groups: number;
  readonly waiting: number;
}

interface PendingCall extends Call {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * Opens the database for this process alone. Rejects with a StoreOpenError. The exception of a transaction arrives as
 * an Error of the same name and message: its class is lost between the threads.
 */
export async function openSqliteStore<T extends TransactionSet>(options: SqliteStoreOptions): Promise<SqliteStore<T>> {
  const workerData: WorkerOptions = { file: options.file, transactions: options.transactions.href };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
  await opening(worker, options.file);
  return storeOver(worker, options.onFailure);
}

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

/** What is called while a group is committed forms the next group. */
function storeOver<T extends TransactionSet>(worker: Worker, onFailure?: (error: Error) => void): SqliteStore<T> {
  let waiting: PendingCall[] = [];
  let group: PendingCall[] = [];
  let state: 'open' | 'closing' | 'closed' | 'failed' = 'open';
  let cause: Error | undefined;
  let transactions = 0;
  let groups = 0;
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  const advance = (): void => {
    while (group.length === 0 && waiting.length > 0) {
      const next = waiting.slice(0, GROUP_LIMIT);
      waiting = waiting.slice(GROUP_LIMIT);
      group = sendGroup(worker, next);
    }
    if (group.length === 0 && state === 'closing') {
      state = 'closed';
      worker.postMessage({ type: 'close' } satisfies ToWorker);
    }
  };

  worker.on('message', (message: FromWorker) => {
    if (message.type !== 'answers') return;
    const answered = group;
    group = [];
    groups++;
    transactions += answered.length;
    // Sent on before the callers hear, so that the disk doesn't wait for them.
    advance();
    message.answers.forEach((answer, i) => {
      const call = answered[i];
      if (answer.type === 'committed') call?.resolve(answer.result);
      else call?.reject(receivedError(answer));
    });
  });
  worker.on('error', (error) => {
    cause = error;
  });
  worker.on('exit', (code) => {
    if (state === 'closed') return;
    state = 'failed';
    const failure = new Error(`the store ended by itself (code ${code}): restart the server`, { cause });
    for (const call of group.splice(0)) call.reject(new StoreError('unknown', failure.message, { cause: failure }));
    for (const call of waiting.splice(0)) call.reject(new StoreError('aborted', failure.message, { cause: failure }));
    onFailure?.(failure);
  });

  return {
    run: (name, input) =>
      new Promise((resolve, reject) => {
        const refusal = refusalOf(state, waiting.length + group.length);
        if (refusal !== null) return reject(refusal);
        waiting.push({ name, input, resolve: resolve as (result: unknown) => void, reject });
        // A group of those that are called in the same turn, not of the first of them alone.
        if (waiting.length === 1 && group.length === 0) queueMicrotask(advance);
      }),
    async close() {
      if (state === 'open') {
        state = 'closing';
        advance();
      }
      await ended;
    },
    figures: () => ({ transactions, groups, waiting: waiting.length + group.length }),
  };
}

/** Sends the calls whose input can be cloned, and rejects the others: a bug of theirs alone. */
function sendGroup(worker: Worker, calls: PendingCall[]): PendingCall[] {
  const post = (sent: readonly PendingCall[]): void =>
    worker.postMessage({ type: 'group', calls: sent.map(({ name, input }) => ({ name, input })) } satisfies ToWorker);
  try {
    post(calls);
    return calls;
  } catch {
    const sendable = calls.filter((call) => {
      try {
        structuredClone(call.input);
        return true;
      } catch (error) {
        call.reject(error as Error);
        return false;
      }
    });
    if (sendable.length > 0) post(sendable);
    return sendable;
  }
}

function refusalOf(state: 'open' | 'closing' | 'closed' | 'failed', waiting: number): StoreError | null {
  switch (state) {
    case 'failed':
      return new StoreError('aborted', 'the store ended by itself: nothing was written. Restart the server.');
    case 'closing':
    case 'closed':
      return new StoreRefusal('the store is closed: nothing was written.');
    case 'open':
      return waiting < WAITING_LIMIT
        ? null
        : new StoreRefusal(`${WAITING_LIMIT} calls are waiting for the store: nothing was written. Try again later.`);
  }
}
