import type { KeyValue } from '../store.ts';
import { compareValues } from '../value-order.ts';
import type { AnyRow, Find } from './asked-rows.ts';

/** Whether a find would give this row, but for its limit. */
export function isFound({ shape, prefix, plan }: Find, row: AnyRow): boolean {
  const { own, where, sortedBy } = shape;
  for (const [column, values] of where) if (!values.includes(row[column])) return false;
  for (let at = 0; at < prefix.length; at++) if (row[own[at] as string] !== prefix[at]) return false;
  const { from, before, isRange, after, reverse } = plan;
  if (isRange) {
    const next = row[sortedBy[prefix.length] as string] as KeyValue;
    if (next === null) return false;
    if (from !== undefined && compareValues(next, from) < 0) return false;
    if (before !== undefined && compareValues(next, before) >= 0) return false;
  }
  if (after === undefined) return true;
  const behind = compareTo(row, sortedBy.slice(prefix.length), after);
  return reverse ? behind < 0 : behind > 0;
}

function compareTo(row: AnyRow, columns: readonly string[], values: readonly KeyValue[]): number {
  for (let at = 0; at < columns.length; at++) {
    const compared = compareValues(row[columns[at] as string] as KeyValue, values[at] ?? null);
    if (compared !== 0) return compared;
  }
  return 0;
}

/** The order in which a find gives its rows. */
export function orderOf({ shape: { order }, plan: { reverse } }: Find): (one: AnyRow, other: AnyRow) => number {
  return (one, other) => {
    for (const column of order) {
      const compared = compareValues(one[column] as KeyValue, other[column] as KeyValue);
      if (compared !== 0) return reverse ? -compared : compared;
    }
    return 0;
  };
}
