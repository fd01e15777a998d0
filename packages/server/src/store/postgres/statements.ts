import { tableOf } from '../index-order.ts';
import type { TableName } from '../row-types.ts';
import type { KeyValue } from '../store.ts';

// The texts of all statements over the tables of the schema, and the values that they take.

export type Cell = string | number | boolean | null;

/** A statement with its values. The text is the same for all of a kind, so that it is prepared once on a connection. */
export interface Statement {
  readonly text: string;
  readonly values: readonly (Cell | readonly Cell[])[];
}

/** Inserts rows that are known to be absent. */
export function insertSql(name: TableName, rows: readonly Readonly<Record<string, unknown>>[]): Statement {
  const columns = Object.keys(tableOf(name).columns);
  const arrays = columns.map((column, at) => `$${at + 1}::${arrayType(name, column)}`);
  return expecting(
    `INSERT INTO ${sqlName(name)} (${columns.map(sqlName).join(', ')}) SELECT * FROM unnest(${arrays.join(', ')})`,
    columns.map((column) => rows.map((row) => cellOf(row[column]))),
    rows.length,
  );
}

/** Sets every column of rows that are known to be there. An index is touched only where what it holds differs. */
export function updateSql(name: TableName, rows: readonly Readonly<Record<string, unknown>>[]): Statement {
  const { columns, key } = tableOf(name);
  const names = Object.keys(columns);
  const arrays = names.map((column, at) => `$${at + 1}::${arrayType(name, column)}`);
  const changes = names
    .filter((column) => !key.includes(column))
    .map((column) => `${sqlName(column)} = u.${sqlName(column)}`);
  const matches = key.map((column) => `t.${sqlName(column)} = u.${sqlName(column)}`);
  return expecting(
    `UPDATE ${sqlName(name)} t SET ${changes.join(', ')} FROM unnest(${arrays.join(', ')}) AS u(${names.map(sqlName).join(', ')}) WHERE ${matches.join(' AND ')}`,
    names.map((column) => rows.map((row) => cellOf(row[column]))),
    rows.length,
  );
}

export function removeSql(name: TableName, keys: readonly (readonly KeyValue[])[]): Statement {
  const { key } = tableOf(name);
  const arrays = key.map((column, at) => `$${at + 1}::${arrayType(name, column)}`);
  const named = key.map((_, at) => `k${at}`);
  const matches = key.map((column, at) => `t.${sqlName(column)} = k.k${at}`);
  return expecting(
    `DELETE FROM ${sqlName(name)} t USING unnest(${arrays.join(', ')}) AS k(${named.join(', ')}) WHERE ${matches.join(' AND ')}`,
    key.map((_, at) => keys.map((each) => each[at] as Cell)),
    keys.length,
  );
}

/** Fails, and with it the transaction, unless so many rows were written: else an answered write could be lost without a word. */
function expecting(text: string, values: Statement['values'], count: number): Statement {
  return {
    text: `WITH w AS (${text} RETURNING 1) SELECT 1 / ((SELECT count(*) FROM w) = $${values.length + 1}::bigint)::integer`,
    values: [...values, count],
  };
}

/** A row with the columns of the schema, from the values of its columns in their order, which stand behind others. */
export function rowFrom(name: TableName, cells: readonly unknown[], from = 0): Record<string, unknown> {
  const { columns } = tableOf(name);
  const row: Record<string, unknown> = {};
  let at = from;
  for (const column in columns) {
    const cell = cells[at++];
    row[column] = cell !== null && columns[column]?.startsWith('json') ? JSON.parse(cell as string) : cell;
  }
  return row;
}

export function selected(name: TableName, of: string): string {
  return Object.keys(tableOf(name).columns)
    .map((column) => `${of}${sqlName(column)}`)
    .join(', ');
}

/** The condition of a partial index as its migration has it. */
export function conditionSql(column: string, values: readonly unknown[]): string {
  const literals = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
  return `${sqlName(column)} IN (${literals.join(', ')})`;
}

export function sqlType(kind: string): 'text' | 'bigint' | 'boolean' {
  if (kind.startsWith('integer')) return 'bigint';
  return kind.startsWith('boolean') ? 'boolean' : 'text';
}

export function arrayType(name: TableName, column: string): string {
  return `${sqlType(tableOf(name).columns[column] ?? 'text')}[]`;
}

function cellOf(value: unknown): Cell {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Cell);
}

export function mayBeNull(name: TableName, columns: readonly string[]): boolean {
  return columns.some((column) => tableOf(name).columns[column]?.endsWith('?'));
}

/** `propertyId` → `"property_id"`: `grant` and `at` are words of SQL. */
export function sqlName(name: string): string {
  return `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`;
}
