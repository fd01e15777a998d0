import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Rows, TableName } from '../row-types.ts';
import type { IndexName } from '../schema.ts';
import type { FindOptions, KeyValue, ReadTx, Tx } from '../store.ts';

/** One thing that a scripted query or transaction reads. */
export type ReadStep =
  | { readonly do: 'get'; readonly table: TableName; readonly key: readonly KeyValue[] }
  | {
      readonly do: 'find';
      readonly table: TableName;
      readonly index: string;
      readonly prefix: readonly KeyValue[];
      readonly options?: FindOptions<TableName>;
    };

/** One thing that a scripted transaction does. */
export type Step =
  | ReadStep
  | { readonly do: 'put'; readonly table: TableName; readonly row: object }
  | { readonly do: 'remove'; readonly table: TableName; readonly key: readonly KeyValue[] }
  /** As `put`, but an exception is the step's result and the transaction goes on. */
  | { readonly do: 'try-put'; readonly table: TableName; readonly row: object }
  | { readonly do: 'throw'; readonly message: string };

/** The transactions that the engines' tests run. */
export const transactions = {
  /** Carries out the steps; the result has what each found, or null. */
  script: (tx: Tx, steps: readonly Step[]): unknown[] => steps.map((step) => carryOut(tx, step)),

  /** Reads a fact that counts, and writes the next number: lost if two of them ever read the same. */
  count: (tx: Tx, name: string): number => {
    const next = Number(tx.get('facts', name)?.value ?? 0) + 1;
    tx.put('facts', { name, value: String(next) });
    return next;
  },

  /** Counts both facts; their numbers differ if ever half of it was left. */
  countBoth: (tx: Tx, [one, other]: readonly [string, string]): number => {
    const next = transactions.count(tx, one);
    tx.put('facts', { name: other, value: String(next) });
    return next;
  },

  resultThatIsNoData: (tx: Tx): unknown => {
    tx.put('facts', { name: 'written', value: 'yes' });
    return () => 'a function';
  },

  endOfThread: (): never => process.exit(3),

  /** Collects the garbage of the thread that it runs in. */
  collectGarbage: (): void => {
    setFlagsFromString('--expose-gc');
    runInNewContext('gc')();
  },
};

export type ContractTransactions = typeof transactions;

/** The same reads as queries of either kind. */
export const queries = {
  quick: {
    look: (tx: ReadTx, steps: readonly ReadStep[]): unknown[] => steps.map((step) => lookUp(tx, step)),
    throwing: (_tx: ReadTx, message: string): never => {
      throw new RangeError(message);
    },
    putting: (tx: ReadTx): void => (tx as Tx).put('facts', { name: 'written', value: 'by a query' }),
  },
  lists: {
    list: (tx: ReadTx, steps: readonly ReadStep[]): unknown[] => steps.map((step) => lookUp(tx, step)),
    throwingList: (_tx: ReadTx, message: string): never => {
      throw new RangeError(message);
    },
    puttingList: (tx: ReadTx): void => (tx as Tx).put('facts', { name: 'written', value: 'by a list' }),
    endOfListThread: (): never => process.exit(3),
    listThatIsNoData: (): unknown => () => 'a function',
    /** Reads one fact again and again, for as long as is asked. */
    slow: (tx: ReadTx, { name, ms }: { readonly name: string; readonly ms: number }): string[] => {
      const until = performance.now() + ms;
      const seen = new Set<string>();
      while (performance.now() < until) seen.add(tx.get('facts', name)?.value ?? '');
      return [...seen];
    },
  },
};

export type ContractQueries = typeof queries;

function lookUp(tx: ReadTx, step: ReadStep): unknown {
  if (step.do === 'get') return tx.get(step.table, ...step.key) ?? null;
  const { table, index, prefix, options = {} } = step;
  return tx.find(table, index as IndexName<TableName>, prefix, options as { limit: number });
}

function carryOut(tx: Tx, step: Step): unknown {
  switch (step.do) {
    case 'get':
    case 'find':
      return lookUp(tx, step);
    case 'put':
      tx.put(step.table, step.row as Rows[TableName]);
      return null;
    case 'remove':
      tx.remove(step.table, ...step.key);
      return null;
    case 'try-put':
      try {
        tx.put(step.table, step.row as Rows[TableName]);
        return null;
      } catch (error) {
        return (error as Error).name;
      }
    case 'throw':
      throw new RangeError(step.message);
  }
}
