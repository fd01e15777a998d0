import type { OperationId } from '@keyrack/protocol';
import { isTerminal, type Operation } from '../domain/operation.ts';
import type { RunningCopySet } from '../queries/copy-set-detail.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Outcomes } from '../runtime/outcomes.ts';
import type { Read, Run } from '../runtime/runner.ts';
import { StoreError } from '../store/store.ts';
import type { Operations } from './operations.ts';

export interface Copies {
  /**
   * The server begins: withdraws what is left of every set, and looks for sets from then on. A look before that would carry on
   * with one whose desk nobody stands at any more.
   */
  start(): Promise<void>;
  /** Goes on with this set when its newest operation ends. */
  watch(set: SetRef, newest: OperationId): void;
  stop(): void;
}

interface SetRef {
  readonly propertyId: string;
  readonly id: string;
}

export interface CopiesParts {
  readonly run: Run;
  readonly read: Read;
  readonly outcomes: Outcomes;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly begin: Operations['begin'];
  readonly onError: (error: unknown) => void;
}

/** How often the database is asked for sets that could go on: finds what no news told of. Milliseconds. */
const LOOK_EVERY_MS = 5_000;
const RETRY_MS = 500;

/**
 * Accepts the next card of a set as soon as the one before has succeeded. What is decided is decided in one transaction: whatever
 * happens between the end of one card and the acceptance of the next, the next is accepted once, or the set is stopped.
 *
 * One node: a start withdraws what sets have left, also those that another node carries on with.
 */
export function createCopies({ run, read, outcomes, clock, newId, begin, onError }: CopiesParts): Copies {
  /** The newest operation of each set that is running here. */
  const watched = new Map<OperationId, SetRef>();
  const goingOn = new Set<string>();
  const timers = new Set<object>();
  let stopped = false;

  const later = (ms: number, act: () => void): void => {
    if (stopped) return;
    const timer = clock.setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  };
  const pause = (ms: number) => new Promise<void>((resolve) => later(ms, resolve));

  /** The same names at each try: a commit that was taken for lost may have been recorded. */
  const acceptNext = async ({ propertyId, id }: SetRef) => {
    const names = { operation: newId() as OperationId, recordId: newId() };
    for (;;) {
      try {
        return await run('acceptNextCopy', { propertyId, set: id, ...names, now: clock.now() });
      } catch (error) {
        if (!(error instanceof StoreError) || stopped) throw error;
        await pause(RETRY_MS);
      }
    }
  };
  const goOn = (set: SetRef, newest: OperationId): void => {
    const key = `${set.propertyId} ${set.id}`;
    if (stopped || goingOn.has(key)) return;
    goingOn.add(key);
    acceptNext(set)
      .then(async (next) => {
        goingOn.delete(key);
        watched.delete(newest);
        // Where another one is the newest by now, the next look finds it.
        if (next.verdict !== 'accepted') return;
        watch(set, next.operation.id);
        await begin({ operation: next.operation, prompt: next.prompt });
      })
      .catch((error: unknown) => {
        // The next look finds it.
        goingOn.delete(key);
        if (!stopped) onError(error);
      });
  };
  const watch: Copies['watch'] = (set, newest) => {
    if (stopped) return;
    watched.set(newest, set);
    if (outcomes.endOf(newest) !== undefined) goOn(set, newest);
  };

  const hasEnded = (operation: Operation) => isTerminal(operation) || operation.state === 'unknown';
  const unsubscribe = outcomes.subscribe((changed) => {
    for (const operation of changed) {
      const set = watched.get(operation.id);
      if (set !== undefined && hasEnded(operation)) goOn(set, operation.id);
    }
  });

  const look = async (): Promise<void> => {
    let after: SetRef | null = null;
    do {
      const page: { readonly sets: readonly RunningCopySet[]; readonly next: SetRef | null } = await read(
        'runningCopySetsPage',
        { after, now: clock.now() },
      );
      for (const { propertyId, id, operations, isDue } of page.sets) {
        const newest = operations.at(-1);
        if (newest === undefined) continue;
        if (isDue) goOn({ propertyId, id }, newest);
        else if (!watched.has(newest)) watch({ propertyId, id }, newest);
      }
      after = page.next;
    } while (after !== null && !stopped);
  };
  const lookAgain = (): void => {
    const again = () => later(LOOK_EVERY_MS, lookAgain);
    look().then(again, (error: unknown) => {
      if (!stopped && !(error instanceof StoreError)) onError(error);
      again();
    });
  };

  return {
    async start() {
      await run('copiesInterrupted', { now: clock.now() });
      later(LOOK_EVERY_MS, lookAgain);
    },
    watch,
    stop() {
      stopped = true;
      unsubscribe();
      for (const timer of timers) clock.clearTimeout(timer);
      timers.clear();
    },
  };
}
