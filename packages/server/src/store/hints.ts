import type { KeyValue } from './key-value.ts';
import type { Rows, TableName } from './row-types.ts';
import type { IndexName } from './schema.ts';

/** A column of a row that is fetched together with what depends on it. */
export interface Column {
  readonly row: HintedRow<TableName>;
  readonly column: string;
  /** What it counts as where there is no such row, or null stands there. */
  readonly otherwise: KeyValue;
  /** Added to a number there; 0 for none. */
  readonly plus: number;
}

export type HintedValue = KeyValue | Column;

/** A row that a call will ask for, before anybody knows what it holds. */
export interface HintedRow<T extends TableName> {
  /** Its number among all that a group asks for. */
  readonly place: number;
  of(column: keyof Rows[T] & string, options?: { readonly otherwise?: KeyValue; readonly plus?: number }): Column;
}

/** The options of a find that is hinted at: as those of a transaction, and a bound may be another row's. */
export interface HintedOptions {
  readonly limit?: number;
  readonly reverse?: boolean;
  readonly from?: HintedValue;
  readonly before?: HintedValue;
}

/** Takes what a call will ask for. Where another row names it, both are fetched in one round. */
export interface Hint {
  get<T extends TableName>(table: T, ...key: readonly HintedValue[]): HintedRow<T>;
  /** Stands for the first row that is found. Give the limit of the transaction's own find. */
  find<T extends TableName>(
    table: T,
    index: IndexName<T> & string,
    prefix: readonly HintedValue[],
    options?: HintedOptions,
  ): HintedRow<T>;
}

/**
 * What a transaction or query will ask for, by its input alone: declared beside the function. It may name too much or too little:
 * what is missing is fetched in a further round, which takes its time and changes nothing else.
 */
export type Hints<Input> = (hint: Hint, input: Input) => void;
