import type { OperationId } from '@keyrack/protocol';
import type { Operation } from '../domain/operation.ts';

/** News of operations, from the transactions that changed them to those who wait for them on this node. */
export interface Outcomes {
  /** Tells that these operations changed; call it after the change is durable. */
  publish(changed: readonly Operation[]): void;
  /** Hears of every change until the returned function is called. */
  subscribe(listener: (changed: readonly Operation[]) => void): () => void;
  /** Hears of every change of one operation until the returned function is called. */
  watch(operation: OperationId, listener: (operation: Operation) => void): () => void;
}

export function createOutcomes(): Outcomes {
  const listeners = new Set<(changed: readonly Operation[]) => void>();
  const watchers = new Map<OperationId, Set<(operation: Operation) => void>>();
  return {
    publish(changed) {
      if (changed.length === 0) return;
      for (const operation of changed) {
        for (const watcher of [...(watchers.get(operation.id) ?? [])]) watcher(operation);
      }
      for (const listener of [...listeners]) listener(changed);
    },
    watch(operation, listener) {
      const set = watchers.get(operation) ?? new Set();
      watchers.set(operation, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) watchers.delete(operation);
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
