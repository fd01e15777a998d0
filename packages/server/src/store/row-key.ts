import { tableOf } from './index-order.ts';
import type { TableName } from './row-types.ts';
import type { KeyValue } from './store.ts';

/** No two keys of a table have the same text: texts of the store hold no NUL. */
export function textOfKey(key: readonly KeyValue[]): string {
  return key.length === 1 ? String(key[0]) : key.join('\0');
}

/** The key of a row. */
export function keyOf(table: TableName, row: Readonly<Record<string, unknown>>): KeyValue[] {
  return tableOf(table).key.map((column) => row[column] as KeyValue);
}
