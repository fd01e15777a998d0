import { type AnyFindOptions, planFind } from '../find-plan.ts';
import { type IndexShape, shapeOfIndex, tableOf } from '../index-order.ts';
import type { TableName } from '../row-types.ts';
import { type KeyValue, UniqueViolation } from '../store.ts';
import { type AnyRow, boundOf, rowAt, valuesOf } from './sorted-rows.ts';

/** The rows of a table at one moment: an array in order for each index that has been used. */
export type TableSnapshot = ReadonlyMap<string, readonly AnyRow[]>;

/**
 * A table as sorted arrays of the same rows, one for each index, made when the index is first used. With the hundreds
 * of rows of a simulation, moving the end of an array costs less than a tree.
 */
export interface MemoryTable {
  get(key: readonly KeyValue[]): AnyRow | undefined;
  /** Throws an Error where there are more rows than the schema says that the index is bounded by. */
  find(index: string, prefix: readonly KeyValue[], options: AnyFindOptions): AnyRow[];
  /** Returns the row that it replaced. Throws a UniqueViolation before it changes anything. */
  put(row: AnyRow): AnyRow | undefined;
  /** Returns the row that was there. */
  remove(key: readonly KeyValue[]): AnyRow | undefined;
  snapshot(): TableSnapshot;
  restore(snapshot: TableSnapshot): void;
}

interface NamedIndex extends IndexShape {
  readonly name: string;
}

interface TableShape {
  readonly key: readonly string[];
  readonly indexes: ReadonlyMap<string, NamedIndex>;
  readonly unique: readonly NamedIndex[];
}

const shapes = new Map<TableName, TableShape>();

/** Worked out once for all stores, which are made by the hundred thousand. */
function shapeOf(name: TableName): TableShape {
  let shape = shapes.get(name);
  if (shape === undefined) {
    const { key, indexes } = tableOf(name);
    const named = ['key', ...Object.keys(indexes)].map((index) => ({ name: index, ...shapeOfIndex(name, index) }));
    const unique = named.filter((index) => indexes[index.name]?.unique === true);
    shape = { key, indexes: new Map(named.map((index) => [index.name, index])), unique };
    shapes.set(name, shape);
  }
  return shape;
}

export function createMemoryTable(name: TableName): MemoryTable {
  const { key, indexes, unique } = shapeOf(name);
  let sorted = new Map<string, AnyRow[]>([['key', []]]);

  const rowsBy = (index: NamedIndex): AnyRow[] => {
    let rows = sorted.get(index.name);
    if (rows === undefined) {
      rows = [];
      for (const row of rowsByKey()) insert(rows, index, row);
      sorted.set(index.name, rows);
    }
    return rows;
  };
  const rowsByKey = (): AnyRow[] => sorted.get('key') as AnyRow[];
  const get = (values: readonly KeyValue[]): AnyRow | undefined => {
    if (values.length !== key.length)
      throw new TypeError(`the key of ${name} has ${key.length} columns, not ${values.length}`);
    return rowAt(rowsByKey(), key, values);
  };
  const refuseTwin = (index: NamedIndex, row: AnyRow, replaced: AnyRow | undefined): void => {
    const values = valuesOf(row, index.own);
    if (values.includes(null)) return;
    const twin = rowAt(rowsBy(index), index.own, values);
    if (twin !== undefined && twin !== replaced) throw new UniqueViolation(name, index.name);
  };
  const inEach = (change: (rows: AnyRow[], index: NamedIndex) => void): void => {
    for (const [index, rows] of sorted) change(rows, indexes.get(index) as NamedIndex);
  };

  return {
    get,
    find(indexName, prefix, options) {
      const index = indexes.get(indexName);
      if (index === undefined) throw new TypeError(`${name} has no index ${indexName}`);
      const { reverse, limit, from, before, isRange, after } = planFind(name, indexName, index, prefix, options);
      const rows = rowsBy(index);
      const bound = (values: readonly KeyValue[], behind: boolean) =>
        boundOf(rows, index.order, [...prefix, ...values], behind);
      let first = boundOf(rows, index.order, prefix, false);
      if (from !== undefined) first = bound([from], false);
      else if (isRange) first = bound([null], true);
      let end = before === undefined ? boundOf(rows, index.order, prefix, true) : bound([before], false);
      if (after !== undefined && reverse) end = Math.min(end, bound(after, false));
      if (after !== undefined && !reverse) first = Math.max(first, bound(after, true));
      const count = Math.min(limit ?? Number.POSITIVE_INFINITY, Math.max(0, end - first));
      if (limit === undefined && index.bounded !== undefined && count > index.bounded.rows)
        throw new Error(`${name}.${indexName} is bounded by ${index.bounded.rows} rows, and has ${count}`);
      return reverse ? rows.slice(end - count, end).reverse() : rows.slice(first, first + count);
    },
    put(row) {
      freeze(row);
      const replaced = get(valuesOf(row, key));
      for (const index of unique) refuseTwin(index, row, replaced);
      if (replaced === undefined) inEach((rows, index) => insert(rows, index, row));
      else inEach((rows, index) => replace(rows, index, replaced, row));
      return replaced;
    },
    remove(values) {
      const row = get(values);
      if (row !== undefined) inEach((rows, index) => take(rows, index, row));
      return row;
    },
    snapshot: () => copyOf(sorted),
    restore(snapshot) {
      sorted = copyOf(snapshot);
    },
  };
}

/**
 * Makes a change of a row that was put throw. Engines share rows between transactions, so that one which changes a row
 * instead of putting another would change what the next one reads.
 */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}

/** Whether the index has this row at all. */
function has({ where }: NamedIndex, row: AnyRow): boolean {
  for (const [column, values] of where) if (!values.includes(row[column])) return false;
  return true;
}

/** Where the row is, or belongs. */
function placeOf(rows: readonly AnyRow[], order: readonly string[], row: AnyRow): number {
  return boundOf(rows, order, valuesOf(row, order), false);
}

function insert(rows: AnyRow[], index: NamedIndex, row: AnyRow): void {
  if (has(index, row)) rows.splice(placeOf(rows, index.order, row), 0, row);
}

function take(rows: AnyRow[], index: NamedIndex, row: AnyRow): void {
  if (has(index, row)) rows.splice(placeOf(rows, index.order, row), 1);
}

function replace(rows: AnyRow[], index: NamedIndex, before: AnyRow, after: AnyRow): void {
  if (has(index, before) && has(index, after) && index.order.every((column) => before[column] === after[column])) {
    rows[placeOf(rows, index.order, before)] = after;
  } else {
    take(rows, index, before);
    insert(rows, index, after);
  }
}

function copyOf(sorted: TableSnapshot): Map<string, AnyRow[]> {
  const copy = new Map<string, AnyRow[]>();
  for (const [index, rows] of sorted) copy.set(index, rows.slice());
  return copy;
}
