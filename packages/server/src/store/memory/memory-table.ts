import { orderOf, tableOf } from '../index-order.ts';
import type { TableName } from '../schema.ts';
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
  find(index: string, prefix: readonly KeyValue[], reverse: boolean, limit: number): AnyRow[];
  /** Returns the row that it replaced. Throws a UniqueViolation before it changes anything. */
  put(row: AnyRow): AnyRow | undefined;
  /** Returns the row that was there. */
  remove(key: readonly KeyValue[]): AnyRow | undefined;
  snapshot(): TableSnapshot;
  restore(snapshot: TableSnapshot): void;
}

interface IndexShape {
  readonly name: string;
  readonly own: readonly string[];
  readonly order: readonly string[];
}

interface TableShape {
  readonly key: readonly string[];
  readonly indexes: ReadonlyMap<string, IndexShape>;
  readonly unique: readonly IndexShape[];
}

const shapes = new Map<TableName, TableShape>();

/** Worked out once for all stores, which are made by the hundred thousand. */
function shapeOf(name: TableName): TableShape {
  let shape = shapes.get(name);
  if (shape === undefined) {
    const { key, indexes } = tableOf(name);
    const named = ['key', ...Object.keys(indexes)].map((index) => ({ name: index, ...orderOf(name, index) }));
    const unique = named.filter((index) => indexes[index.name]?.unique === true);
    shape = { key, indexes: new Map(named.map((index) => [index.name, index])), unique };
    shapes.set(name, shape);
  }
  return shape;
}

export function createMemoryTable(name: TableName): MemoryTable {
  const { key, indexes, unique } = shapeOf(name);
  let sorted = new Map<string, AnyRow[]>([['key', []]]);

  const rowsBy = (index: IndexShape): AnyRow[] => {
    let rows = sorted.get(index.name);
    if (rows === undefined) {
      rows = [];
      for (const row of rowsByKey()) insert(rows, index.order, row);
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
  const refuseTwin = (index: IndexShape, row: AnyRow, replaced: AnyRow | undefined): void => {
    const values = valuesOf(row, index.own);
    if (values.includes(null)) return;
    const twin = rowAt(rowsBy(index), index.own, values);
    if (twin !== undefined && twin !== replaced) throw new UniqueViolation(name, index.name);
  };
  const inEach = (change: (rows: AnyRow[], order: readonly string[]) => void): void => {
    for (const [index, rows] of sorted) change(rows, (indexes.get(index) as IndexShape).order);
  };

  return {
    get,
    find(indexName, prefix, reverse, limit) {
      const index = indexes.get(indexName);
      if (index === undefined) throw new TypeError(`${name} has no index ${indexName}`);
      if (prefix.length > index.own.length) {
        throw new TypeError(`index ${indexName} of ${name} has ${index.own.length} columns, not ${prefix.length}`);
      }
      const rows = rowsBy(index);
      const first = boundOf(rows, index.order, prefix, false);
      const end = boundOf(rows, index.order, prefix, true);
      if (!reverse) return rows.slice(first, Math.min(end, first + limit));
      return rows.slice(Math.max(first, end - limit), end).reverse();
    },
    put(row) {
      const replaced = get(valuesOf(row, key));
      for (const index of unique) refuseTwin(index, row, replaced);
      if (replaced === undefined) inEach((rows, order) => insert(rows, order, row));
      else inEach((rows, order) => replace(rows, order, replaced, row));
      return replaced;
    },
    remove(values) {
      const row = get(values);
      if (row !== undefined) inEach((rows, order) => rows.splice(placeOf(rows, order, row), 1));
      return row;
    },
    snapshot: () => copyOf(sorted),
    restore(snapshot) {
      sorted = copyOf(snapshot);
    },
  };
}

/** Where the row is, or belongs. */
function placeOf(rows: readonly AnyRow[], order: readonly string[], row: AnyRow): number {
  return boundOf(rows, order, valuesOf(row, order), false);
}

function insert(rows: AnyRow[], order: readonly string[], row: AnyRow): void {
  rows.splice(placeOf(rows, order, row), 0, row);
}

function replace(rows: AnyRow[], order: readonly string[], before: AnyRow, after: AnyRow): void {
  const place = placeOf(rows, order, before);
  if (order.every((column) => before[column] === after[column])) {
    rows[place] = after;
  } else {
    rows.splice(place, 1);
    insert(rows, order, after);
  }
}

function copyOf(sorted: TableSnapshot): Map<string, AnyRow[]> {
  const copy = new Map<string, AnyRow[]>();
  for (const [index, rows] of sorted) copy.set(index, rows.slice());
  return copy;
}
