import { Worker } from 'node:worker_threads';
import { ListThreadEnded } from '../store.ts';
import type { FromListWorker, ListWorkerOptions, ToListWorker } from './list-messages.ts';
import { receivedError } from './worker-messages.ts';

/** The thread that lists are read in, one after the other. It is started with the first of them. */
export interface ListThread {
  read(name: string, input: unknown): Promise<unknown>;
  /** Lists that wait or are being read. */
  waiting(): number;
  /** Answers what was asked before, and ends the thread. */
  close(): Promise<void>;
}

interface PendingList {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** How long one list may take: each is a page, or a list that the schema bounds, and takes seconds on the slowest disk. */
const LIST_MS = 60_000;

/**
 * A thread that ended by itself is started anew with the next list, and one that hangs is ended first: nothing is lost with
 * it but what it was reading.
 */
export function createListThread(options: ListWorkerOptions, listMs: number = LIST_MS): ListThread {
  const pending = new Map<number, PendingList>();
  let running: { readonly worker: Worker; readonly ended: Promise<void> } | undefined;
  let lastId = 0;
  /** Of the list that is being read. */
  let timer: NodeJS.Timeout | undefined;

  const watchNext = () => {
    clearTimeout(timer);
    const thread = running;
    if (pending.size > 0 && thread !== undefined) timer = setTimeout(() => void thread.worker.terminate(), listMs);
  };

  const start = () => {
    const worker = new Worker(new URL('./list-worker.ts', import.meta.url), { workerData: options });
    let cause: Error | undefined;
    worker.on('message', ({ id, answer }: FromListWorker) => {
      const list = pending.get(id);
      pending.delete(id);
      if (answer.type === 'committed') list?.resolve(answer.result);
      else list?.reject(receivedError(answer));
      watchNext();
    });
    worker.on('error', (error) => {
      cause = error;
    });
    const ended = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        running = undefined;
        clearTimeout(timer);
        const why = 'the thread that reads lists ended by itself, or hung and was ended. Try again.';
        const ended = new ListThreadEnded(why, { cause });
        for (const list of pending.values()) list.reject(ended);
        pending.clear();
        resolve();
      });
    });
    return { worker, ended };
  };

  return {
    read: (name, input) =>
      new Promise((resolve, reject) => {
        running ??= start();
        lastId += 1;
        // Throws where the input can't be cloned: a bug of this call alone.
        running.worker.postMessage({ type: 'query', id: lastId, name, input } satisfies ToListWorker);
        pending.set(lastId, { resolve, reject });
        if (pending.size === 1) watchNext();
      }),
    waiting: () => pending.size,
    async close() {
      if (running === undefined) return;
      running.worker.postMessage({ type: 'close' } satisfies ToListWorker);
      await running.ended;
    },
  };
}
