import type { Hints } from './hints.ts';
import type { KeyValue } from './key-value.ts';
import type { Rows, TableName } from './row-types.ts';
import type { BoundedIndex, BoundedPrefix, IndexName } from './schema.ts';

export type { KeyValue } from './key-value.ts';

/** Which of the rows behind a prefix are wanted, and in which order. Nothing else can be asked for. */
export interface FindOptions<T extends TableName> {
  /** The most rows that are given. It may be left out only where the schema says that the index is bounded. */
  readonly limit?: number;
  /** Against the order of the index. */
  readonly reverse?: boolean;
  /** Only rows whose first index column behind the prefix has at least this value. Null is in no range. */
  readonly from?: Exclude<KeyValue, null>;
  /** Only rows whose first index column behind the prefix is less than this value. Null is in no range. */
  readonly before?: Exclude<KeyValue, null>;
  /**
   * Only rows that come behind this one, in the order that is asked for: the last row of the page before, or its values
   * in the columns of the index and of the key. It needn't be there any more.
   */
  readonly after?: Readonly<Partial<Rows[T]>>;
}

/** What a query or a transaction sees: every read is of one instant, and a transaction sees its own writes. */
export interface ReadTx {
  /** The row with this key, or undefined. */
  get<T extends TableName>(table: T, ...key: KeyValue[]): Rows[T] | undefined;
  /**
   * The rows whose index columns begin with `prefix`, in the order of the index (`key` is the primary key), and of the
   * key where they are equal in it. Null sorts first. A partial index has only the rows that its `where` names.
   */
  find<T extends TableName, I extends IndexName<T>>(
    table: T,
    index: I,
    prefix: readonly KeyValue[],
    options: FindOptions<T> & { readonly limit: number },
  ): Rows[T][];
  find<T extends TableName, I extends BoundedIndex<T>>(
    table: T,
    index: I,
    prefix: BoundedPrefix<T, I>,
    options?: FindOptions<T>,
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

/** A function that may say ahead what it will ask for. Engines that read over a wire fetch that at once. */
export interface Hinted<Input> {
  readonly hints?: Hints<Input>;
}

/**
 * A transaction: a synchronous function without any effect but through `tx`, so that an engine may run it where and
 * as often as it must. What changes from run to run (time, identifiers, keys) is in `input`. `input` and the
 * result are plain data that can be cloned. An exception means a bug, and leaves no trace in the store.
 */
// biome-ignore lint/suspicious/noExplicitAny: the bound of a generic; every use names its own types.
export type Transaction<Input = any, Result = any> = ((tx: Tx, input: Input) => Result) & Hinted<Input>;
export type TransactionSet = Readonly<Record<string, Transaction>>;

/** A query: as a transaction, but it only reads. */
// biome-ignore lint/suspicious/noExplicitAny: the bound of a generic; every use names its own types.
export type Query<Input = any, Result = any> = ((tx: ReadTx, input: Input) => Result) & Hinted<Input>;
export type QuerySet = Readonly<Record<string, Query>>;

/** The queries of a store, by what they cost. A name is in one of the two. */
export interface Queries {
  /** A few rows by key each: an engine may answer them where they are asked, before it does anything else. */
  readonly quick: QuerySet;
  /** A page or a whole list each: an engine lets none of them hold up a quick query or a transaction. */
  readonly lists: QuerySet;
}
/** A store without queries. */
export type NoQueries = { readonly quick: Record<never, never>; readonly lists: Record<never, never> };
/** Every query of the two, by name. */
export type AllQueries<Q extends Queries> = Q['quick'] & Q['lists'];

/** Lists wait for each other, and not alike: nobody who asks for many keeps others waiting. */
export interface ReadOptions {
  /** Who asks. Lists of one lane are read in turn with those of others. The property that the input names, unless told. */
  readonly lane?: string;
  /** Aborted when nobody waits for the answer any more: a list that hasn't begun is left out, and rejected with an UnwantedList. */
  readonly unwanted?: AbortSignal;
}

export interface Store<T extends TransactionSet, Q extends Queries = NoQueries> {
  /**
   * Runs a transaction, alone as far as it can tell. When the promise resolves, its writes are on disk. Rejects with a
   * StoreError when they aren't (`aborted`) or when nobody knows (`unknown`), or with the transaction's own
   * exception.
   */
  run<K extends keyof T & string>(name: K, input: Parameters<T[K]>[1]): Promise<ReturnType<T[K]>>;
  /**
   * Answers a query from one snapshot, without waiting for the transactions that are under way. The snapshot holds every
   * write whose `run` had resolved before this call, and nothing that isn't on disk. Rejects as `run` does; `aborted` and
   * `unknown` are alike here.
   */
  read<K extends keyof AllQueries<Q> & string>(
    name: K,
    input: Parameters<AllQueries<Q>[K]>[1],
    options?: ReadOptions,
  ): Promise<ReturnType<AllQueries<Q>[K]>>;
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

/** Nothing was written, and nothing will be until somebody makes space. */
export class DiskFull extends StoreError {
  constructor(options?: ErrorOptions) {
    super('aborted', 'the disk is full: nothing was written. Make space and try again.', options);
  }
}

/** The store didn't take the call, as too many wait or it is closed. That tells nothing of the disk. */
export class StoreRefusal extends StoreError {
  constructor(message: string, options?: ErrorOptions) {
    super('aborted', message, options);
  }
}

/** Nobody waited for this list any more, and it was left out: see `ReadOptions`. */
export class UnwantedList extends StoreRefusal {}

/** The thread that reads lists ended, or was ended since it hung. Its lists alone are lost, and the next one starts it anew. */
export class ListThreadEnded extends StoreRefusal {}

/** Thrown by `put`. It names no values, which may be a guest's. */
export class UniqueViolation extends Error {
  constructor(table: TableName, index: string) {
    super(`${table}: another row has the same ${index} already`);
    this.name = 'UniqueViolation';
  }
}
