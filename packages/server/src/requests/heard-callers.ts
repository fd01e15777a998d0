import { mattersWhoHeard, type Operation } from '../domain/operation.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Run } from '../runtime/runner.ts';
import { StoreError } from '../store/store.ts';

/** Records who heard how an operation ended, so that after a crash the others are told by asking again. */
export interface HeardCallers {
  /**
   * Records that a caller wasn't told how it ended. Answers the operation as it is at that moment; null while that can't
   * be recorded, and then it is tried again until it is.
   */
  recordNotHeard(operation: Operation, caller: 'left' | 'told-open'): Promise<Operation | null>;
  /** The caller is being told how it ended. `hungUp` is aborted if that comes to nothing. */
  recordHeard(operation: Operation, hungUp: AbortSignal): void;
  /** Records what is still to be recorded. */
  stop(): void;
}

/** By then an answer has been handed over. A crash before that leaves the caller untold, which a repeat sets right. */
const TOLD_AFTER_MS = 1_000;

/** Until the next try where the store can't record it, e.g. since its disk is full. Milliseconds. */
const RETRY_MS = 2_000;
/** Callers that are tried again at the same time. More than that are recorded as gone at the next start alone. */
const MOST_RETRIED = 10_000;

/** `onError` is told of what failed without a caller to hear it, but for trouble of the store. */
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
      // A try after the end would find a closed store, and the next one too: the process would never end.
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
          // Then it stays unrecorded, and after a restart the same request is told the outcome once more.
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
