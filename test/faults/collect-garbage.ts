import { isMainThread } from 'node:worker_threads';
import koffi from 'koffi';
import { COLLECT_CHANNEL } from './answer-parent.ts';

// Loaded before a program with --import and --expose-gc: each of its threads collects its garbage when `answer-parent.ts`
// tells it to, so that what is left is in use. What the engine and the C library keep ready for the next burst is given
// back to the system too: how much that is depends on the largest burst so far, and not on what is held.

type Collect = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

const collect = globalThis.gc as Collect | undefined;
const giveBack = isMainThread ? trimOfLibrary() : null;
const channel = new BroadcastChannel(COLLECT_CHANNEL);
channel.onmessage = () => {
  collect?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  giveBack?.(0);
};
channel.unref();

/** glibc's `malloc_trim`. Null where the C library is another, which has none. */
function trimOfLibrary(): ((keep: number) => number) | null {
  try {
    return koffi.load('libc.so.6').func('int malloc_trim(size_t keep)') as (keep: number) => number;
  } catch {
    return null;
  }
}
