/**
 * How a column is stored, by the type of its property, so that the rows' types and the columns can't drift apart: `json` holds
 * a structure that no query looks into, and what ends in `?` may be null.
 */
type KindOf<Value> = null extends Value ? `${BaseKindOf<NonNullable<Value>>}?` : BaseKindOf<Value>;
type BaseKindOf<Value> = Value extends string
  ? 'text'
  : Value extends number
    ? 'integer'
    : Value extends boolean
      ? 'boolean'
      : 'json';

export interface Table<Row> {
  readonly columns: { readonly [K in keyof Row & string]: KindOf<Row[K]> };
  readonly key: readonly (keyof Row & string)[];
  /** Of the key as an index. */
  readonly keyBounded?: Bound<Row>;
  readonly indexes: { readonly [name: string]: Index<Row> };
}

/** Columns by which rows can be found in order. */
export interface Index<Row> {
  readonly columns: readonly (keyof Row & string)[];
  /** Refuses a second row with the same values. */
  readonly unique?: true;
  /** The index has only rows with one of these values in each of these columns: it grows with them and not with history. */
  readonly where?: { readonly [K in keyof Row & string]?: readonly Row[K][] };
  /** Why no two rows have the same values, though nothing refuses them: the order needs no columns of the key. */
  readonly distinct?: string;
  readonly bounded?: Bound<Row>;
}

/** What keeps the number of rows small that share their values in these first columns, so that all may be read. */
export interface Bound<Row> {
  readonly per: readonly (keyof Row & string)[];
  readonly why: string;
  /** More than there ever are. The memory store throws where a find without a limit has more. */
  readonly rows: number;
}
