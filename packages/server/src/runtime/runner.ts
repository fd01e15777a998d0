import type { Operation } from '../domain/operation.ts';
import type { Store } from '../store/store.ts';
import type { Transactions } from '../transactions/index.ts';
import type { Outcomes } from './outcomes.ts';

/** Runs transactions and publishes what they changed, once it is durable. */
export type Run = <K extends keyof Transactions & string>(
  name: K,
  input: Parameters<Transactions[K]>[1],
) => Promise<ReturnType<Transactions[K]>>;

export function createRunner(store: Store<Transactions>, outcomes: Outcomes): Run {
  return async (name, input) => {
    const result = await store.run(name, input);
    if (hasChanges(result)) outcomes.publish(result.changed);
    return result;
  };
}

function hasChanges(result: unknown): result is { changed: readonly Operation[] } {
  return typeof result === 'object' && result !== null && 'changed' in result && Array.isArray(result.changed);
}
