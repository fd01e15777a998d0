import { readdirSync } from 'node:fs';

/** What a process takes of its machine. */
export interface Usage {
  /** All memory that it holds, as the system counts it. */
  readonly rssBytes: number;
  /** The part of it that JavaScript's objects take, those that are garbage and not collected yet included. */
  readonly heapBytes: number;
  /** Open files, sockets and the like. */
  readonly descriptors: number;
}

/** What a part says to the run that started it. */
export type FromPart =
  | { readonly type: 'ready'; readonly facts?: unknown }
  | { readonly type: 'usage'; readonly usage: Usage };
/**
 * What a part is told. `collected-usage`: what it takes after a collection of garbage, where it was started with
 * `collect-garbage.ts`. `clockOffsetMs`: how wrong its clock is, for `shifted-clock.ts`.
 */
export type ToPart = 'usage' | 'collected-usage' | { readonly clockOffsetMs: number };

/** Where all threads of a process hear that they shall collect their garbage. */
export const COLLECT_CHANNEL = 'keyrack-collect';
/** A thread has heard that it shall collect, and done it, after this. Milliseconds. */
const COLLECT_MS = 250;

/**
 * Says that this process is ready, with what its parent should know of it, and from then on what it takes whenever it
 * is asked. Ends with its parent.
 */
export function answerParent(stop: () => Promise<void>, facts?: unknown): void {
  const threads = new BroadcastChannel(COLLECT_CHANNEL);
  threads.unref();
  const say = (message: FromPart) => void process.send?.(message);
  process.on('message', (message: ToPart) => {
    if (typeof message === 'object') return;
    if (message === 'usage') return say({ type: 'usage', usage: usageNow() });
    // Twice: what the first collection lets go of, the second gives back.
    threads.postMessage(null);
    setTimeout(() => threads.postMessage(null), COLLECT_MS);
    setTimeout(() => say({ type: 'usage', usage: usageNow() }), 2 * COLLECT_MS);
  });
  process.on('disconnect', () => process.exit(1));
  process.on('SIGTERM', () => {
    void stop().then(() => process.exit(0));
  });
  say({ type: 'ready', facts });
}

function usageNow(): Usage {
  const { rss, heapUsed } = process.memoryUsage();
  // One of them is the folder that is being read.
  return { rssBytes: rss, heapBytes: heapUsed, descriptors: readdirSync('/dev/fd').length - 1 };
}
