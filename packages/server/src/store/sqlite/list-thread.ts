import { Worker } from 'node:worker_threads';
import { createFairLanes } from '../../domain/fair-lanes.ts';
import { ListThreadEnded, type ReadOptions, StoreRefusal, UnwantedList } from '../store.ts';
import type { FromListWorker, ListWorkerOptions, ToListWorker } from './list-messages.ts';
import { receivedError } from './worker-messages.ts';

/**
 * The thread that lists are read in, one after the other. It is started with the first of them. Each asker has a lane, and lanes take
 * turns: a page of one waits for a page or two of each other asker, and not for all that somebody has asked for.
 */
export interface ListThread {
  read(name: string, input: unknown, options?: ReadOptions): Promise<unknown>;
  /** Answers what was asked before, and ends the thread. */
  close(): Promise<void>;
}

export interface ListThreadLimits {
  /** Lists that may wait or be read. Beyond it the longest lane loses its newest. */
  readonly most: number;
  /** How long one list may take before its thread is taken for one that hangs; LIST_MS unless told. */
  readonly listMs?: number | undefined;
}

interface WaitingList {
  readonly name: string;
  readonly input: unknown;
  isOver: boolean;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** How long one list may take: each is a page, or a list that the schema bounds, and takes seconds on the slowest disk. */
const LIST_MS = 60_000;

/** Lists that the thread is given at once: it finds the next one there when it has read one, and the others keep their turns. */
const GIVEN_AT_ONCE = 2;

/**
 * A thread that ended by itself is started anew with the next list, and one that hangs is ended first: nothing is lost with
 * it but what it was given.
 */
export function createListThread(options: ListWorkerOptions, { most, listMs = LIST_MS }: ListThreadLimits): ListThread {
  const lanes = createFairLanes<WaitingList>(most - GIVEN_AT_ONCE);
  const given = new Map<number, WaitingList>();
  let running: { readonly worker: Worker; readonly ended: Promise<void> } | undefined;
  let lastId = 0;
  /** Of the list that is being read. */
  let timer: NodeJS.Timeout | undefined;
  let onIdle: (() => void) | undefined;

  const watchNext = () => {
    clearTimeout(timer);
    const thread = running;
    if (given.size > 0 && thread !== undefined) timer = setTimeout(() => void thread.worker.terminate(), listMs);
  };

  const start = () => {
    const worker = new Worker(new URL('./list-worker.ts', import.meta.url), { workerData: options });
    let cause: Error | undefined;
    worker.on('message', ({ id, answer }: FromListWorker) => {
      const list = given.get(id);
      given.delete(id);
      if (answer.type === 'committed') list?.resolve(answer.result);
      else list?.reject(receivedError(answer));
      giveNext();
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
        for (const list of given.values()) list.reject(ended);
        given.clear();
        resolve();
        giveNext();
      });
    });
    return { worker, ended };
  };

  const give = (list: WaitingList): void => {
    running ??= start();
    lastId += 1;
    try {
      const { name, input } = list;
      running.worker.postMessage({ type: 'query', id: lastId, name, input } satisfies ToListWorker);
      given.set(lastId, list);
      if (given.size === 1) watchNext();
    } catch (error) {
      // The input can't be cloned: a bug of this call alone.
      list.reject(error as Error);
    }
  };

  function giveNext(): void {
    while (given.size < GIVEN_AT_ONCE) {
      const list = lanes.next(({ isOver }) => (isOver ? 'over' : 'now'));
      if (list === null) break;
      give(list);
    }
    if (given.size === 0) onIdle?.();
  }

  return {
    read(name, input, { lane = laneOf(input), unwanted } = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const list: WaitingList = { name, input, isOver: false, resolve, reject };
      const leave = () => {
        list.isOver = true;
        reject(new UnwantedList('nobody waits for this list any more: it was not read.'));
      };
      if (unwanted?.aborted === true) leave();
      else {
        unwanted?.addEventListener('abort', leave, { once: true });
        const gone = lanes.add(lane, list);
        gone?.reject(new StoreRefusal(`${most} calls are waiting for the store: nothing was read. Try again later.`));
        giveNext();
      }
      return promise.finally(() => unwanted?.removeEventListener('abort', leave));
    },
    async close() {
      if (running === undefined) return;
      const idle = Promise.withResolvers<void>();
      onIdle = idle.resolve;
      if (given.size > 0) await idle.promise;
      running?.worker.postMessage({ type: 'close' } satisfies ToListWorker);
      await running?.ended;
    },
  };
}

/** Those who work on one property and say no more share a lane. */
function laneOf(input: unknown): string {
  const propertyId = typeof input === 'object' && input !== null && 'propertyId' in input ? input.propertyId : null;
  return typeof propertyId === 'string' ? `property ${propertyId}` : 'server';
}
