import type { Worker } from 'node:worker_threads';
import { StoreError } from '../store.ts';
import type { Call } from './transactor.ts';
import { type FromWorker, receivedError, type ToWorker } from './worker-messages.ts';

/** Transactions that share one fsync. More would make the first of them wait for the last. */
export const GROUP_LIMIT = 64;

/** The thread of the transactions, as the others see it. */
export interface WriterThread {
  run(name: string, input: unknown): Promise<unknown>;
  /** Calls that wait or are under way. */
  waiting(): number;
  /** Counts since the store was opened. */
  figures(): { readonly transactions: number; readonly groups: number };
  hasFailed(): boolean;
  /** Ends what is under way, and the thread. */
  close(): Promise<void>;
}

interface PendingCall extends Call {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** What is called while a group is committed forms the next group. */
export function createWriterThread(worker: Worker, onFailure?: (error: Error) => void): WriterThread {
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
        waiting.push({ name, input, resolve, reject });
        // A group of those that are called in the same turn, not of the first of them alone.
        if (waiting.length === 1 && group.length === 0) queueMicrotask(advance);
      }),
    waiting: () => waiting.length + group.length,
    figures: () => ({ transactions, groups }),
    hasFailed: () => state === 'failed',
    async close() {
      if (state === 'open') {
        state = 'closing';
        advance();
      }
      await ended;
    },
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
