import type { Clock } from './clock.ts';
import type { Read } from './runner.ts';

/** Wakes whoever follows logs of audit records when there are new ones. */
export interface RecordNews {
  /** A transaction is on disk. It may have added records. */
  committed(): void;
  /** Follows these logs. What is added from now on wakes it. */
  watch(logs: readonly string[]): NewsWatch;
  stop(): void;
}

export interface NewsWatch {
  /** Resolves when there may be news since the last call, when so many milliseconds are over, or with the signal. */
  next(ms: number, ended: AbortSignal): Promise<'news' | 'quiet'>;
  stop(): void;
}

/** How long commits are gathered, so that the store is asked once for many of them. Milliseconds. */
const GATHER_MS = 20;
/** Logs whose newest record is looked up at once. */
const LOGS_AT_ONCE = 200;

interface Watcher {
  hasNews: boolean;
  wake: (() => void) | null;
}

/**
 * One look at the heads of the logs that are followed tells for all followers whether there is something to read. Nothing is
 * asked of the store while nothing is committed, nor while nobody follows.
 *
 * One node: only commits of this process wake anybody here. With several, the others must be heard of, or asked now and then.
 */
export function createRecordNews(
  read: Read,
  clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>,
  onError: (error: unknown) => void,
): RecordNews {
  const watchers = new Map<string, Set<Watcher>>();
  /** The newest number of each log that is followed, as far as anybody looked. */
  const heads = new Map<string, number>();
  let timer: object | null = null;
  let looking = false;
  let again = false;
  let stopped = false;

  const tell = (watcher: Watcher) => {
    watcher.hasNews = true;
    watcher.wake?.();
  };
  const look = async () => {
    const logs = [...watchers.keys()];
    for (let i = 0; i < logs.length; i += LOGS_AT_ONCE) {
      const some = logs.slice(i, i + LOGS_AT_ONCE);
      const numbers = await read('auditHeads', { propertyIds: some });
      some.forEach((log, at) => {
        const number = numbers[at] ?? 0;
        if (number === heads.get(log) || !watchers.has(log)) return;
        heads.set(log, number);
        for (const watcher of watchers.get(log) ?? []) tell(watcher);
      });
    }
  };
  const soon = () => {
    if (stopped || timer !== null) return;
    if (looking) {
      again = true;
      return;
    }
    timer = clock.setTimeout(() => {
      timer = null;
      looking = true;
      const over = () => {
        looking = false;
        if (again) {
          again = false;
          soon();
        }
      };
      look().then(over, (error: unknown) => {
        // Nobody can tell what is new: everybody looks for themselves.
        for (const set of watchers.values()) for (const watcher of set) tell(watcher);
        if (!stopped) onError(error);
        over();
      });
    }, GATHER_MS);
  };

  return {
    committed() {
      if (watchers.size > 0) soon();
    },
    watch(logs) {
      const watcher: Watcher = { hasNews: false, wake: null };
      for (const log of logs) watchers.set(log, (watchers.get(log) ?? new Set()).add(watcher));
      return {
        next(ms, ended) {
          const { promise, resolve } = Promise.withResolvers<'news' | 'quiet'>();
          const over = () => {
            clock.clearTimeout(quiet);
            ended.removeEventListener('abort', over);
            watcher.wake = null;
            const { hasNews } = watcher;
            watcher.hasNews = false;
            resolve(hasNews ? 'news' : 'quiet');
          };
          const quiet = clock.setTimeout(over, ms);
          watcher.wake = over;
          ended.addEventListener('abort', over, { once: true });
          if (watcher.hasNews || ended.aborted || stopped) over();
          return promise;
        },
        stop() {
          for (const log of logs) {
            const set = watchers.get(log);
            set?.delete(watcher);
            if (set?.size !== 0) continue;
            watchers.delete(log);
            heads.delete(log);
          }
          watcher.wake?.();
        },
      };
    },
    stop() {
      stopped = true;
      if (timer !== null) clock.clearTimeout(timer);
      for (const set of watchers.values()) for (const watcher of set) watcher.wake?.();
    },
  };
}
