import type { Rows, TableName } from '../../store/row-types.ts';
import type { Tx } from '../../store/store.ts';

/** A row and the table that it goes to. */
export type TableRow = { readonly [T in TableName]: { readonly table: T; readonly row: Rows[T] } }[TableName];

/** Puts rows as they are, all or none: for set-up. With `onlyIfEmpty`, nothing when there is a property already. */
export function putRows(tx: Tx, input: { readonly rows: readonly TableRow[]; readonly onlyIfEmpty: boolean }): boolean {
  if (input.onlyIfEmpty && tx.find('properties', 'key', [], { limit: 1 }).length > 0) return false;
  for (const { table, row } of input.rows) tx.put(table, row);
  return true;
}
