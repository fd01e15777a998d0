import type { FindPlan } from '../find-plan.ts';
import type { Find } from '../groups/asked-rows.ts';
import { tableOf } from '../index-order.ts';
import { keyOf, textOfKey } from '../row-key.ts';
import type { TableName } from '../row-types.ts';
import type { KeyValue } from '../store.ts';

// The texts of all statements over the tables of the schema, and the values that they take.

export type Cell = string | number | boolean | null;

/** A statement with its values. The text is the same for all of a kind, so that it is prepared once on a connection. */
export interface Statement {
  readonly text: string;
  readonly values: readonly (Cell | readonly Cell[])[];
}

/** The rows with these keys, in any order, under the names of the schema. */
export function rowsSql(name: TableName, keys: readonly (readonly KeyValue[])[]): Statement {
  const { key } = tableOf(name);
  const arrays = key.map((column, at) => `$${at + 1}::${arrayType(name, column)}`);
  const named = key.map((_, at) => `k${at}`);
  const matches = key.map((column, at) => `t.${sqlName(column)} = k.k${at}`);
  return {
    text: `SELECT ${selected(name, 't.')} FROM unnest(${arrays.join(', ')}) AS k(${named.join(', ')}) JOIN ${sqlName(name)} t ON ${matches.join(' AND ')}`,
    values: key.map((_, at) => keys.map((each) => each[at] as Cell)),
  };
}

/** What a find wants, in its order. Constants are parameters: with a literal, the planner walks dead entries of an index. */
export function findSql({ table, index, prefix, plan, shape }: Find, most: number | undefined): Statement {
  const { own, where, sortedBy } = shape;
  const values: (Cell | readonly Cell[])[] = [];
  const param = (value: Cell | readonly Cell[], cast = ''): string => `$${values.push(value)}${cast}`;
  const behind = sortedBy.slice(prefix.length);
  const next = sqlName(behind[0] ?? '');
  const conditions = [
    ...where.map(([column, wanted]) => conditionSql(column, wanted)),
    ...prefix.map((value, at) => {
      const column = own[at] as string;
      return value === null
        ? `${sqlName(column)} IS NULL`
        : `${sqlName(column)} = ${param(value, castOf(table, column))}`;
    }),
  ];
  const cast = castOf(table, behind[0] ?? '');
  if (plan.from !== undefined) conditions.push(`${next} >= ${param(plan.from, cast)}`);
  if (plan.before !== undefined) conditions.push(`${next} < ${param(plan.before, cast)}`);
  if (plan.isRange && mayBeNull(table, behind.slice(0, 1))) conditions.push(`${next} IS NOT NULL`);
  if (plan.after !== undefined) conditions.push(afterSql(table, behind, plan, param));
  // No two rows are equal in a unique index without null: sorted by more columns, they would be sorted anew.
  const isUnique = tableOf(table).indexes[index]?.unique === true && !mayBeNull(table, own);
  const ordered = (isUnique ? own : sortedBy).map(
    (column) => `${sqlName(column)}${directionOf(table, column, plan.reverse)}`,
  );
  const limit = most === undefined ? '' : ` LIMIT ${param(most, '::bigint')}`;
  return {
    text: `SELECT ${selected(table, '')} FROM ${sqlName(table)} WHERE ${conditions.join(' AND ') || 'true'} ORDER BY ${ordered.join(', ')}${limit}`,
    values,
  };
}

/** Null sorts first, as it does in every engine of this store. */
function directionOf(table: TableName, column: string, reverse: boolean): string {
  if (!mayBeNull(table, [column])) return reverse ? ' DESC' : '';
  return reverse ? ' DESC NULLS LAST' : ' NULLS FIRST';
}

function afterSql(
  table: TableName,
  behind: readonly string[],
  { after = [], reverse }: FindPlan,
  param: (value: Cell, cast?: string) => string,
): string {
  const sign = reverse ? '<' : '>';
  if (!mayBeNull(table, behind)) {
    const values = behind.map((column, at) => param(after[at] as Cell, castOf(table, column)));
    return `(${behind.map(sqlName).join(', ')}) ${sign} (${values.join(', ')})`;
  }
  const equal = (column: string, value: KeyValue) =>
    value === null ? `${sqlName(column)} IS NULL` : `${sqlName(column)} = ${param(value, castOf(table, column))}`;
  const beyond = (column: string, value: KeyValue) => {
    if (value === null) return reverse ? 'false' : `${sqlName(column)} IS NOT NULL`;
    const compared = `${sqlName(column)} ${sign} ${param(value, castOf(table, column))}`;
    return reverse && mayBeNull(table, [column]) ? `(${compared} OR ${sqlName(column)} IS NULL)` : compared;
  };
  const steps = behind.map((column, at) => {
    const before = behind.slice(0, at).map((earlier, place) => equal(earlier, after[place] ?? null));
    return `(${[...before, beyond(column, after[at] ?? null)].join(' AND ')})`;
  });
  return `(${steps.join(' OR ')})`;
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

/** A row with the columns of the schema, from the values of its columns in their order. */
export function rowFrom(name: TableName, cells: readonly unknown[]): Record<string, unknown> {
  const { columns } = tableOf(name);
  const row: Record<string, unknown> = {};
  let at = 0;
  for (const column in columns) {
    const cell = cells[at++];
    row[column] = cell !== null && columns[column]?.startsWith('json') ? JSON.parse(cell as string) : cell;
  }
  return row;
}

export function textOfRow(name: TableName, row: Readonly<Record<string, unknown>>): string {
  return textOfKey(keyOf(name, row));
}

function selected(name: TableName, of: string): string {
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

function castOf(name: TableName, column: string): string {
  return `::${sqlType(tableOf(name).columns[column] ?? 'text')}`;
}

function arrayType(name: TableName, column: string): string {
  return `${sqlType(tableOf(name).columns[column] ?? 'text')}[]`;
}

function cellOf(value: unknown): Cell {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Cell);
}

function mayBeNull(name: TableName, columns: readonly string[]): boolean {
  return columns.some((column) => tableOf(name).columns[column]?.endsWith('?'));
}

/** `propertyId` → `"property_id"`: `grant` and `at` are words of SQL. */
export function sqlName(name: string): string {
  return `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`;
}
