import { mattersWhoHeard, type Operation } from '../domain/operation.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Run } from '../runtime/runner.ts';
import { StoreError } from '../store/store.ts';

/** Records who heard how an operation ended, so that after a crash the others are told by asking again. */
export interface ToldCallers {
  /** The caller is being told how it ended. `hungUp` is aborted if that comes to nothing. */
  telling(operation: Operation, hungUp: AbortSignal): void;
  /** Records what is still to be recorded. */
  stop(): void;
}

/** By then an answer has been handed over. A crash before that leaves the caller untold, which a repeat sets right. */
const TOLD_AFTER_MS = 1_000;

export function createToldCallers(run: Run, clock: Clock): ToldCallers {
  const pending = new Set<() => void>();

  return {
    telling(operation, hungUp) {
      if (!mattersWhoHeard(operation)) return;
      const { propertyId, id } = operation;
      const record = () => {
        clock.clearTimeout(timer);
        hungUp.removeEventListener('abort', record);
        if (!pending.delete(record)) return;
        const caller = hungUp.aborted ? 'left' : 'told';
        run('noteCaller', { propertyId, operation: id, caller, now: clock.now() }).catch((error: unknown) => {
          // Then it stays unrecorded, and after a restart the same request is told the outcome once more.
          if (!(error instanceof StoreError)) throw error;
        });
      };
      const timer = clock.setTimeout(record, TOLD_AFTER_MS);
      pending.add(record);
      hungUp.addEventListener('abort', record);
      if (hungUp.aborted) record();
    },
    stop() {
      for (const record of [...pending]) record();
    },
  };
}
