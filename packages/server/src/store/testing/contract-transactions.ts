import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IndexName, Rows, TableName } from '../schema.ts';
import type { KeyValue, Tx } from '../store.ts';

/** One thing that a scripted transaction does. */
export type Step =
  | { readonly do: 'get'; readonly table: TableName; readonly key: readonly KeyValue[] }
  | {
      readonly do: 'find';
      readonly table: TableName;
      readonly index: string;
      readonly prefix: readonly KeyValue[];
      readonly options?: { readonly reverse?: boolean; readonly limit?: number };
    }
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

function carryOut(tx: Tx, step: Step): unknown {
  switch (step.do) {
    case 'get':
      return tx.get(step.table, ...step.key) ?? null;
    case 'find':
      return tx.find(step.table, step.index as IndexName<TableName>, step.prefix, step.options);
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
