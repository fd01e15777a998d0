import { ListThreadEnded, StoreError, StoreRefusal } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { ServerLog } from './log.ts';
import type { ServerStore } from './runner.ts';

export interface CommitHealth {
  /** The store that everybody uses, whose failures are heard of here. */
  readonly store: ServerStore;
  /** Whether the database can be written: by what failed last, or by a trial. */
  isHealthy(): Promise<boolean>;
  stop(): void;
}

export const TRIAL = {
  /** Between two trials: strangers may ask for readiness as often as they like. Milliseconds. */
  everyMs: 5_000,
  /** What a trial writes while all is well, and after a failure: as much as the largest usual transaction. Characters. */
  smallSize: 0,
  largeSize: 64 * 1024,
} as const;

/**
 * Knows whether the database can be written, and says so in the log: once for each cause, and once when it works again.
 * A full disk fails every operation; without this line nobody would learn why.
 *
 * A call that succeeds doesn't end the trouble: it may only have read, or have fitted into the last free block of a disk. A
 * call that the store didn't take doesn't begin one.
 */
export function watchCommits(store: ServerStore, clock: Clock, log: ServerLog): CommitHealth {
  /** What has been told since it last worked. */
  const causes = new Set<string>();
  let trial: { readonly at: number; readonly outcome: Promise<boolean> } | null = null;
  let timer: object | null = null;
  let stopped = false;
  let lastEnd: ListThreadEnded | null = null;

  const failed = (error: StoreError) => {
    if (stopped) return;
    if (!causes.has(error.message))
      log.error({ cause: error.message }, 'the database cannot be written; operations are refused');
    causes.add(error.message);
    timer ??= clock.setTimeout(tryAgain, TRIAL.everyMs);
  };

  /** All whose lists it read have this one error. It tells nothing of the database. */
  const listsEnded = (error: ListThreadEnded) => {
    if (error === lastEnd || stopped) return;
    lastEnd = error;
    log.error({ err: error }, 'the thread that reads lists ended; the next list starts it anew');
  };

  const runTrial = async (): Promise<boolean> => {
    const size = causes.size > 0 ? TRIAL.largeSize : TRIAL.smallSize;
    try {
      await store.run('trialCommit', { now: clock.now(), size });
    } catch (error) {
      if (!isOfDatabase(error)) {
        if (error instanceof StoreRefusal) return causes.size === 0;
        throw error;
      }
      failed(error);
      return false;
    }
    // Something else may have failed while a small trial was under way.
    if (causes.size > 0 && size === TRIAL.smallSize) return false;
    if (causes.size > 0) log.warn({}, 'the database can be written again');
    causes.clear();
    return true;
  };

  const outcomeOfTrial = (): Promise<boolean> => {
    const now = clock.monotonic();
    if (trial !== null && now - trial.at < TRIAL.everyMs) return trial.outcome;
    trial = { at: now, outcome: runTrial() };
    return trial.outcome;
  };

  const tryAgain = () => {
    timer = null;
    outcomeOfTrial().then(
      () => {
        if (causes.size > 0 && !stopped) timer ??= clock.setTimeout(tryAgain, TRIAL.everyMs);
      },
      (error: unknown) => log.error({ err: error }, 'the database could not be tried'),
    );
  };

  return {
    store: {
      ...store,
      run: async (name, input) => {
        try {
          return await store.run(name, input);
        } catch (error) {
          if (isOfDatabase(error)) failed(error);
          throw error;
        }
      },
      read: async (name, input, options) => {
        try {
          return await store.read(name, input, options);
        } catch (error) {
          if (error instanceof ListThreadEnded) listsEnded(error);
          // A database that can't be read is in trouble too, and nobody else says so.
          if (isOfDatabase(error)) failed(error);
          throw error;
        }
      },
    },
    async isHealthy() {
      // A trial from before a failure says nothing of what came after it.
      if (causes.size > 0 && trial !== null && clock.monotonic() - trial.at < TRIAL.everyMs) return false;
      return (await outcomeOfTrial()) && causes.size === 0;
    },
    stop() {
      stopped = true;
      if (timer !== null) clock.clearTimeout(timer);
    },
  };
}

/** Whether it tells of a commit that failed. */
function isOfDatabase(error: unknown): error is StoreError {
  return error instanceof StoreError && !(error instanceof StoreRefusal);
}
