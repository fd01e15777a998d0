import { mattersWhoHeard, type Operation } from '../domain/operation.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Run } from '../runtime/runner.ts';
import { StoreError } from '../store/store.ts';

/**
 * Records whether callers heard how their operations ended. A caller who didn't hear it is told when the same request comes
 * again; without the record, a repeat would count as a new request.
 */
export interface HeardCallers {
  /**
   * Records that a caller went away, or was told that the outcome is open. Answers the operation as it is at that moment,
   * or null where the store can't record it now; then it tries again until it can.
   */
  recordNotHeard(operation: Operation, caller: 'left' | 'told-open'): Promise<Operation | null>;
  /**
   * Records, a moment after the answer, that the caller heard the end. `hungUp` is aborted where the answer doesn't arrive.
   */
  recordHeard(operation: Operation, hungUp: AbortSignal): void;
  /** Records at once what waits to be recorded, and tries nothing again. */
  stop(): void;
}

/**
 * Wait this long after answering before recording that the caller heard. If the server crashes earlier, the caller's repeat
 * gets the same outcome again. Milliseconds.
 */
const TOLD_AFTER_MS = 1_000;

/** Time until the next try where the store can't record it, e.g. since its disk is full. Milliseconds. */
const RETRY_MS = 2_000;
/** Most callers whose record is tried again at a time. The next start records the others as gone, so none is lost. */
const MOST_RETRIED = 10_000;

/** @param onError hears of failures that no caller waits for, but not of trouble of the store, which others report */
export function createHeardCallers(run: Run, clock: Clock, onError: (error: unknown) => void): HeardCallers {
  const pending = new Set<() => void>();
  const retries = new Set<object>();
  let stopped = false;

  const noteNotHeard = async (operation: Operation, caller: 'left' | 'told-open', again: boolean) => {
    const { propertyId, id, callerAt } = operation;
    const unlessAskedSince = again ? { callerAt } : {};
    try {
      return await run('noteCaller', { propertyId, operation: id, caller, now: clock.now(), ...unlessAskedSince });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      // After a stop the store is closed. Each try would fail and plan the next, and the process would never end.
      if (stopped || retries.size >= MOST_RETRIED) return null;
      const timer = clock.setTimeout(() => {
        retries.delete(timer);
        noteNotHeard(operation, caller, true).catch(onError);
      }, RETRY_MS);
      retries.add(timer);
      return null;
    }
  };

  return {
    recordNotHeard: (operation, caller) => noteNotHeard(operation, caller, false),
    recordHeard(operation, hungUp) {
      if (!mattersWhoHeard(operation)) return;
      const { propertyId, id } = operation;
      const record = () => {
        clock.clearTimeout(timer);
        hungUp.removeEventListener('abort', record);
        if (!pending.delete(record)) return;
        const caller = hungUp.aborted ? 'left' : 'told';
        run('noteCaller', { propertyId, operation: id, caller, now: clock.now() }).catch((error: unknown) => {
          // The record is lost then. After a restart, the same request is told the outcome once more, which harms nobody.
          if (!(error instanceof StoreError)) onError(error);
        });
      };
      const timer = clock.setTimeout(record, TOLD_AFTER_MS);
      pending.add(record);
      hungUp.addEventListener('abort', record);
      if (hungUp.aborted) record();
    },
    stop() {
      stopped = true;
      for (const record of [...pending]) record();
      for (const timer of retries) clock.clearTimeout(timer);
    },
  };
}
