import type { Queries } from '../queries/index.ts';
import type { Store } from '../store/store.ts';
import type { Transactions } from '../transactions/index.ts';
import type { Changes } from '../transactions/journal/changes.ts';
import type { Outcomes } from './outcomes.ts';

/** The store of a server. */
export type ServerStore = Store<Transactions, Queries>;

/** Runs transactions and publishes what they changed, once it is durable. */
export type Run = <K extends keyof Transactions & string>(
  name: K,
  input: Parameters<Transactions[K]>[1],
) => Promise<ReturnType<Transactions[K]>>;

/** Answers queries, from a snapshot with every change that was published before. */
export type Read = ServerStore['read'];

/** `onCommitted` is told of each transaction that is on disk. */
export function createRunner(
  store: Pick<ServerStore, 'run'>,
  outcomes: Outcomes,
  onCommitted: () => void = () => {},
): Run {
  return async (name, input) => {
    const result = await store.run(name, input);
    onCommitted();
    if (hasChanges(result)) outcomes.publish(result.changed, result.nothingBehind);
    return result;
  };
}

function hasChanges(result: unknown): result is Changes {
  return typeof result === 'object' && result !== null && 'changed' in result && Array.isArray(result.changed);
}
