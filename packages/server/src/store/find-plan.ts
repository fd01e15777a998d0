import type { IndexShape } from './index-order.ts';
import type { TableName } from './row-types.ts';
import type { KeyValue } from './store.ts';
import { compareValues } from './value-order.ts';

/** The options of a find without the type of their table. */
export interface AnyFindOptions {
  readonly limit?: number;
  readonly reverse?: boolean;
  readonly from?: KeyValue;
  readonly before?: KeyValue;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** A find that was checked, with one bound at the most on either side. */
export interface FindPlan<Value = KeyValue> {
  readonly reverse: boolean;
  /** Undefined where the index is bounded. */
  readonly limit: number | undefined;
  readonly from: Value | undefined;
  readonly before: Value | undefined;
  /** Whether there is a range, which null is never in. */
  readonly isRange: boolean;
  /** Values for all columns that tell rows apart behind the prefix. */
  readonly after: readonly KeyValue[] | undefined;
}

/**
 * Checks what a find asks for, alike for every engine. The position of a page and the range bound the same side, so only
 * the narrower of the two is left: an engine that got both would walk from the range's end to each page.
 */
export function planFind(
  table: TableName,
  index: string,
  { own, sortedBy }: IndexShape,
  prefix: readonly KeyValue[],
  { limit, reverse = false, from, before, after: row }: AnyFindOptions,
): FindPlan {
  if (prefix.length > own.length)
    throw new TypeError(`index ${index} of ${table} has ${own.length} columns, not ${prefix.length}`);
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0))
    throw new TypeError(`the limit of a find in ${table} is ${limit}; give a whole number from 0 on`);
  const isRange = from !== undefined || before !== undefined;
  if (isRange && prefix.length === own.length)
    throw new TypeError(`index ${index} of ${table} has no column behind this prefix for a range`);
  if (from === null || before === null)
    throw new TypeError(`null is in no range of index ${index} of ${table}; name a value`);
  const after = row === undefined ? undefined : positionOf(table, index, sortedBy.slice(prefix.length), row);
  const plan = { reverse, limit, from, before, isRange, after };
  if (after === undefined) return plan;
  const [first] = after;
  if (first === undefined)
    throw new TypeError(`index ${index} of ${table} has no column behind this prefix for a page`);
  // Null is in no range, so that the range must stay to leave it out.
  if (first === null) return plan;
  if (reverse) {
    if (before === undefined) return plan;
    return compareValues(first, before) < 0 ? { ...plan, before: undefined } : { ...plan, after: undefined };
  }
  if (from === undefined) return plan;
  return compareValues(first, from) < 0 ? { ...plan, after: undefined } : { ...plan, from: undefined };
}

function positionOf(
  table: TableName,
  index: string,
  columns: readonly string[],
  row: Readonly<Record<string, unknown>>,
): KeyValue[] {
  return columns.map((column) => {
    const value = row[column];
    if (value === undefined) throw new TypeError(`a page of index ${index} of ${table} begins behind no ${column}`);
    return value as KeyValue;
  });
}
