import type { KeyValue } from '../store.ts';
import { compareValues } from '../value-order.ts';

export type AnyRow = Readonly<Record<string, KeyValue | object>>;

/**
 * Where the rows begin that come after everything that starts with these values (`after`), or at them: the rows with
 * a prefix lie between the two.
 */
export function boundOf(
  rows: readonly AnyRow[],
  order: readonly string[],
  values: readonly KeyValue[],
  after: boolean,
): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const compared = compareWith(rows[middle] as AnyRow, order, values);
    if (compared < 0 || (after && compared === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How the row's first order columns compare with these values. */
function compareWith(row: AnyRow, order: readonly string[], values: readonly KeyValue[]): number {
  for (let i = 0; i < values.length; i++) {
    const compared = compareValues(row[order[i] as string] as KeyValue, values[i] as KeyValue);
    if (compared !== 0) return compared;
  }
  return 0;
}

export function valuesOf(row: AnyRow, columns: readonly string[]): KeyValue[] {
  const values: KeyValue[] = [];
  for (const column of columns) values.push(row[column] as KeyValue);
  return values;
}

/** The row that has all of these values, where `order` ends in the key and so has at most one. */
export function rowAt(
  rows: readonly AnyRow[],
  order: readonly string[],
  values: readonly KeyValue[],
): AnyRow | undefined {
  const row = rows[boundOf(rows, order, values, false)];
  return row !== undefined && compareWith(row, order, values) === 0 ? row : undefined;
}
