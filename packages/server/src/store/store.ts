import type { IndexName, Rows, TableName } from './schema.ts';

/** A column's value in a key or an index. */
export type KeyValue = string | number | boolean | null;

/** What a transaction sees: every read is of one instant, and sees the transaction's own writes. */
export interface ReadTx {
  /** The row with this key, or undefined. */
  get<T extends TableName>(table: T, ...key: KeyValue[]): Rows[T] | undefined;
  /**
   * The rows whose index columns begin with `prefix`, in the order of the index (`key` is the primary key), or
   * against it with `reverse`. Null sorts first.
   */
  find<T extends TableName>(
    table: T,
    index: IndexName<T>,
    prefix: readonly KeyValue[],
    options?: { readonly reverse?: boolean; readonly limit?: number },
  ): Rows[T][];
}

export interface Tx extends ReadTx {
  /**
   * Inserts the row, or replaces the one with its key. Throws a UniqueViolation, and changes nothing, when a unique
   * index has another row with these values already; null equals nothing, not even null.
   */
  put<T extends TableName>(table: T, row: Rows[T]): void;
  remove<T extends TableName>(table: T, ...key: KeyValue[]): void;
}

/**
 * A transaction: a synchronous function without any effect but through `tx`, so that an engine may run it where and
 * as often as it must. What changes from run to run (time, identifiers, keys) is in `input`. `input` and the
 * result are plain data that can be cloned. An exception means a bug, and leaves no trace in the store.
 */
// biome-ignore lint/suspicious/noExplicitAny: the bound of a generic; every use names its own types.
export type Transaction<Input = any, Result = any> = (tx: Tx, input: Input) => Result;
export type TransactionSet = Readonly<Record<string, Transaction>>;

export interface Store<T extends TransactionSet> {
  /**
   * Runs a transaction, alone as far as it can tell. When the promise resolves, its writes are on disk. Rejects with a
   * StoreError when they aren't (`aborted`) or when nobody knows (`unknown`), or with the transaction's own
   * exception.
   */
  run<K extends keyof T & string>(name: K, input: Parameters<T[K]>[1]): Promise<ReturnType<T[K]>>;
  /** Ends what is under way and closes the store. */
  close(): Promise<void>;
}

/** `aborted`: nothing was written; the same call may be made again. `unknown`: it was written, or not. */
export class StoreError extends Error {
  readonly outcome: 'aborted' | 'unknown';

  constructor(outcome: 'aborted' | 'unknown', message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.outcome = outcome;
  }
}

/** The store didn't take the call, as too many wait or it is closed. That tells nothing of the disk. */
export class StoreRefusal extends StoreError {
  constructor(message: string) {
    super('aborted', message);
  }
}

/** Thrown by `put`. It names no values, which may be a guest's. */
export class UniqueViolation extends Error {
  constructor(table: TableName, index: string) {
    super(`${table}: another row has the same ${index} already`);
    this.name = 'UniqueViolation';
  }
}
