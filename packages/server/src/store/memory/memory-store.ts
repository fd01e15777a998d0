import { checkQueries } from '../query-names.ts';
import { checkRow } from '../row-check.ts';
import type { Rows, TableName } from '../row-types.ts';
import { schema } from '../schema.ts';
import {
  type KeyValue,
  type NoQueries,
  type Queries,
  type ReadTx,
  type Store,
  StoreRefusal,
  type TransactionSet,
  type Tx,
} from '../store.ts';
import { createMemoryTable, type MemoryTable, type TableSnapshot } from './memory-table.ts';
import type { AnyRow } from './sorted-rows.ts';

/** What a store held at one moment. It stays as it is, and any memory store can be brought to it. */
export type MemorySnapshot = ReadonlyMap<TableName, TableSnapshot>;

export interface MemoryStore<T extends TransactionSet, Q extends Queries = NoQueries> extends Store<T, Q> {
  /** Between transactions only, as everything is from outside: costs a copy of the arrays, not of the rows. */
  snapshot(): MemorySnapshot;
  restore(snapshot: MemorySnapshot): void;
}

/**
 * A store for simulations: nothing is durable, no time passes, and the same calls give the same results. A transaction or
 * query runs when it is called; its promise is resolved already. Rows, inputs and results are shared with the caller, not
 * copied: that nobody changes them rests on their readonly types.
 */
export function createMemoryStore<T extends TransactionSet, Q extends Queries = NoQueries>(
  transactions: T,
  queries: Q = { quick: {}, lists: {} } as Q,
): MemoryStore<T, Q> {
  const tables = new Map<TableName, MemoryTable>();
  let closed = false;
  const tableNamed = (name: TableName): MemoryTable => {
    let table = tables.get(name);
    if (table === undefined) {
      table = createMemoryTable(name);
      tables.set(name, table);
    }
    return table;
  };
  const undo: (() => void)[] = [];
  const reads = createReads(tableNamed);
  const tx = createTx(reads, tableNamed, undo);
  const queryNamed = checkQueries(queries);

  return {
    async run(name, input) {
      if (closed) throw new StoreRefusal('the store is closed: nothing was written.');
      const transaction = Object.hasOwn(transactions, name) ? transactions[name] : undefined;
      if (transaction === undefined) throw new TypeError(`there is no transaction ${name}`);
      try {
        return transaction(tx, input);
      } catch (error) {
        while (undo.length > 0) undo.pop()?.();
        throw error;
      } finally {
        undo.length = 0;
      }
    },
    async read(name, input) {
      if (closed) throw new StoreRefusal('the store is closed: nothing was read.');
      return queryNamed(name).query(reads, input);
    },
    async close() {
      closed = true;
    },
    snapshot: () => new Map([...tables].map(([name, table]) => [name, table.snapshot()])),
    restore(snapshot) {
      tables.clear();
      for (const [name, rows] of snapshot) tableNamed(name).restore(rows);
    },
  };
}

function createReads(tableNamed: (name: TableName) => MemoryTable): ReadTx {
  return {
    get: <T extends TableName>(name: T, ...key: KeyValue[]) => tableNamed(name).get(key) as Rows[T] | undefined,
    find: (name: TableName, index: string, prefix: readonly KeyValue[], options = {}) =>
      tableNamed(name).find(index, prefix, options) as never[],
  };
}

/** What each write would take to be undone goes to `undo`. */
function createTx(reads: ReadTx, tableNamed: (name: TableName) => MemoryTable, undo: (() => void)[]): Tx {
  return {
    ...reads,
    put(name, row) {
      const table = tableNamed(name);
      const written = row as unknown as AnyRow;
      checkRow(name, written);
      const replaced = table.put(written);
      const key = schema[name].key.map((column) => written[column] as KeyValue);
      undo.push(() => (replaced === undefined ? table.remove(key) : table.put(replaced)));
    },
    remove(name, ...key) {
      const table = tableNamed(name);
      const removed = table.remove(key);
      if (removed !== undefined) undo.push(() => table.put(removed));
    },
  };
}
