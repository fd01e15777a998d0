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
 * What a part is told. `collected-usage`: what it takes after a collection of garbage, in a process that was started with
 * --expose-gc. `clockOffsetMs`: how wrong its clock is, for `shifted-clock.ts`.
 */
export type ToPart = 'usage' | 'collected-usage' | { readonly clockOffsetMs: number };

/**
 * Says that this process is ready, with what its parent should know of it, and from then on what it takes whenever it
 * is asked. Ends with its parent.
 */
export function answerParent(stop: () => Promise<void>, facts?: unknown): void {
  const say = (message: FromPart) => void process.send?.(message);
  process.on('message', (message: ToPart) => {
    if (typeof message === 'object') return;
    if (message === 'collected-usage') globalThis.gc?.();
    say({ type: 'usage', usage: usageNow() });
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
