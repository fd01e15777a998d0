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
export type FromPart = { readonly type: 'ready' } | { readonly type: 'usage'; readonly usage: Usage };
/** What a part is asked. */
export type ToPart = 'usage';

/** Says that this process is ready, and from then on what it takes whenever it is asked. Ends with its parent. */
export function answerParent(stop: () => Promise<void>): void {
  const say = (message: FromPart) => void process.send?.(message);
  process.on('message', (message: ToPart) => {
    if (message === 'usage') say({ type: 'usage', usage: usageNow() });
  });
  process.on('disconnect', () => process.exit(1));
  process.on('SIGTERM', () => {
    void stop().then(() => process.exit(0));
  });
  say({ type: 'ready' });
}

function usageNow(): Usage {
  const { rss, heapUsed } = process.memoryUsage();
  // One of them is the folder that is being read.
  return { rssBytes: rss, heapBytes: heapUsed, descriptors: readdirSync('/dev/fd').length - 1 };
}
