import type { OperationId } from '@keyrack/protocol';
import { isTerminal, type Operation } from '../domain/operation.ts';

export type OutcomesListener = (changed: readonly Operation[], nothingBehind: readonly OperationId[]) => void;

/** News of operations, from the transactions that changed them to those who wait for them on this node. */
export interface Outcomes {
  /**
   * Tells that these operations changed, and behind which ends nothing waits; call it after the change is durable. Never throws.
   */
  publish(changed: readonly Operation[], nothingBehind?: readonly OperationId[]): void;
  /** Hears of every change until the returned function is called. */
  subscribe(listener: OutcomesListener): () => void;
  /** Hears of every change of one operation, from now on, until the returned function is called. */
  watch(operation: OperationId, listener: (operation: Operation) => void): () => void;
  /**
   * How an operation ended, where that was told lately. Commits of one group are told in one turn: who has just found the
   * operation open may begin to watch only when its end was told.
   */
  endOf(operation: OperationId): Operation | undefined;
}

/** Ends that are remembered. A group of commits has GROUP_LIMIT of them at the most, and nobody begins to watch much later. */
const ENDS_KEPT = 1_000;

/**
 * A listener that throws goes to `onError`, and the others hear the news all the same. The change is durable by then:
 * an exception on the way back would make it look failed to the one who asked for it.
 *
 * One node: only what this process changed is heard of. With several, news must come from the others too, or their callers
 * wait until their time is over.
 */
export function createOutcomes(onError: (error: unknown) => void): Outcomes {
  const listeners = new Set<OutcomesListener>();
  const watchers = new Map<OperationId, Set<(operation: Operation) => void>>();
  /** The oldest first. */
  const ends = new Map<OperationId, Operation>();
  const remember = (operation: Operation) => {
    ends.set(operation.id, operation);
    for (const oldest of ends.keys()) {
      if (ends.size <= ENDS_KEPT) break;
      ends.delete(oldest);
    }
  };
  const tell = <News>(listener: (news: News) => void, news: News): void => {
    try {
      listener(news);
    } catch (error) {
      onError(error);
    }
  };
  return {
    publish(changed, nothingBehind = []) {
      if (changed.length === 0) return;
      for (const operation of changed) {
        if (isTerminal(operation)) remember(operation);
        for (const watcher of [...(watchers.get(operation.id) ?? [])]) tell(watcher, operation);
      }
      for (const listener of [...listeners]) tell((news) => listener(news, nothingBehind), changed);
    },
    watch(operation, listener) {
      const set = watchers.get(operation) ?? new Set();
      watchers.set(operation, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) watchers.delete(operation);
      };
    },
    endOf: (operation) => ends.get(operation),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
