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

/**
 * Records of callers who heard wait this long for each other: a busy server then records many at once, and their commits stand
 * before nobody's. Milliseconds.
 */
const TOGETHER_MS = 250;
/** Most of them in one transaction. */
const MOST_TOGETHER = 256;

/** Time until the next try where the store can't record it, e.g. since its disk is full. Milliseconds. */
const RETRY_MS = 2_000;
/** Most callers whose record is tried again at a time. The next start records the others as gone, so none is lost. */
const MOST_RETRIED = 10_000;

/** An operation whose caller was answered how it ended. */
interface Answered {
  readonly operation: Operation;
  /** When, in milliseconds of the monotonic clock. */
  readonly at: number;
  forget(): void;
}

/** @param onError hears of failures that no caller waits for, but not of trouble of the store, which others report */
export function createHeardCallers(run: Run, clock: Clock, onError: (error: unknown) => void): HeardCallers {
  /** Answered, and not recorded yet, in the order of the answers. */
  const answered = new Set<Answered>();
  let nextRecord: object | null = null;
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

  /** Of a caller who heard, the record may be lost: after a restart, the same request is told the outcome once more. */
  const orLost = (error: unknown) => {
    if (!(error instanceof StoreError)) onError(error);
  };
  const recordTold = (since: number) => {
    const heard: Answered[] = [];
    for (const each of answered) {
      if (each.at > since) break;
      heard.push(each);
      each.forget();
    }
    const operations = heard.map(({ operation: { propertyId, id } }) => ({ propertyId, operation: id }));
    for (let at = 0; at < operations.length; at += MOST_TOGETHER) {
      const together = operations.slice(at, at + MOST_TOGETHER);
      run('callersTold', { operations: together, now: clock.now() }).catch(orLost);
    }
  };
  const recordLater = (ms: number) => {
    nextRecord = clock.setTimeout(() => {
      nextRecord = null;
      recordTold(clock.monotonic() - TOLD_AFTER_MS);
      const [first] = answered;
      if (first !== undefined) recordLater(Math.max(TOGETHER_MS, first.at + TOLD_AFTER_MS - clock.monotonic()));
    }, ms);
  };

  return {
    recordNotHeard: (operation, caller) => noteNotHeard(operation, caller, false),
    recordHeard(operation, hungUp) {
      if (!mattersWhoHeard(operation)) return;
      const hangsUp = () => {
        entry.forget();
        const { propertyId, id } = operation;
        run('noteCaller', { propertyId, operation: id, caller: 'left', now: clock.now() }).catch(orLost);
      };
      const entry: Answered = {
        operation,
        at: clock.monotonic(),
        forget() {
          answered.delete(entry);
          hungUp.removeEventListener('abort', hangsUp);
        },
      };
      answered.add(entry);
      hungUp.addEventListener('abort', hangsUp);
      if (hungUp.aborted) hangsUp();
      else if (nextRecord === null) recordLater(TOLD_AFTER_MS);
    },
    stop() {
      stopped = true;
      if (nextRecord !== null) clock.clearTimeout(nextRecord);
      nextRecord = null;
      recordTold(Number.POSITIVE_INFINITY);
      for (const timer of retries) clock.clearTimeout(timer);
    },
  };
}
