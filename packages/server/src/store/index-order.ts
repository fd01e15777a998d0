import type { TableName } from './row-types.ts';
import { schema } from './schema.ts';
import type { Bound, Index, Table } from './table-shape.ts';

type AnyRow = Record<string, string | number | boolean | object | null>;
/** A table of the schema without the type of its rows, for code that serves every table. */
export type AnyTable = Table<AnyRow>;
export type AnyIndex = Index<AnyRow>;

export function tableOf(name: TableName): AnyTable {
  const table = (schema as unknown as Record<string, AnyTable | undefined>)[name];
  if (table === undefined) throw new TypeError(`the store has no table ${name}`);
  return table;
}

/** An index of a table, or its key, as an engine wants to know it. */
export interface IndexShape {
  readonly own: readonly string[];
  /** Its own columns, then those of the key that it lacks, so that equal rows come in the same order in every engine. */
  readonly order: readonly string[];
  /** The first of these, as many as it takes to tell any two rows apart. */
  readonly sortedBy: readonly string[];
  /** The values that a row has in these columns where the index has it. */
  readonly where: readonly (readonly [column: string, values: readonly unknown[]])[];
  readonly bounded: Bound<AnyRow> | undefined;
}

export function shapeOfIndex(name: TableName, index: string): IndexShape {
  const { key, keyBounded, indexes } = tableOf(name);
  const found: AnyIndex | undefined = index === 'key' ? { columns: key, ...keyBound(keyBounded) } : indexes[index];
  if (found === undefined) throw new TypeError(`${name} has no index ${index}`);
  const { columns: own, distinct, where, bounded } = found;
  const order = [...own, ...key.filter((column) => !own.includes(column))];
  const sortedBy = distinct === undefined ? order : own;
  return { own, order, sortedBy, where: Object.entries(where ?? {}) as [string, unknown[]][], bounded };
}

function keyBound(bounded: Bound<AnyRow> | undefined): Pick<AnyIndex, 'bounded'> {
  return bounded === undefined ? {} : { bounded };
}
