import type { Rows, TableName } from './row-types.ts';
import type { IndexName } from './schema.ts';
import type { FindOptions, KeyValue, ReadTx } from './store.ts';

export const ROWS_OF_A_PAGE = 500;

/**
 * The rows behind a prefix, in pages of so many `rows`, until nobody takes any more. On the way of a card it may only look
 * for one that comes soon; every row is for a start, or after a restore. Rows may be changed and removed meanwhile.
 */
export function* walk<T extends TableName, I extends IndexName<T>>(
  tx: ReadTx,
  table: T,
  index: I,
  prefix: readonly KeyValue[],
  { rows = ROWS_OF_A_PAGE, ...range }: Omit<FindOptions<T>, 'limit'> & { readonly rows?: number } = {},
): Generator<Rows[T]> {
  let options: FindOptions<T> & { readonly limit: number } = { ...range, limit: rows };
  for (;;) {
    const page = tx.find(table, index, prefix, options);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < rows) return;
    options = { ...range, limit: rows, after: last };
  }
}
