import type { FindPlan } from '../find-plan.ts';
import { shapeOfIndex, tableOf } from '../index-order.ts';
import type { TableName } from '../row-types.ts';
import type { KeyValue } from '../store.ts';

// The texts of all statements over the tables of the schema.

/** `propertyId` → `property_id`: the names of tables, columns and indexes in SQL. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The columns of a row in the order of the schema, under their names there. */
export function selectSql(name: TableName): string {
  const columns = Object.keys(tableOf(name).columns);
  return columns.map((column) => `${sqlColumn(column)} AS ${quote(column)}`).join(', ');
}

export function getSql(name: TableName): string {
  return `SELECT ${selectSql(name)} FROM ${sqlTable(name)} WHERE ${byKey(name)}`;
}

export function removeSql(name: TableName): string {
  return `DELETE FROM ${sqlTable(name)} WHERE ${byKey(name)}`;
}

/** Takes a value for each column, in the order of the schema. Where the row is there already, every index is rewritten. */
export function upsertSql(name: TableName): string {
  const { columns, key } = tableOf(name);
  const names = Object.keys(columns);
  const changes = names
    .filter((column) => !key.includes(column))
    .map((column) => `${sqlColumn(column)} = excluded.${sqlColumn(column)}`);
  const update = changes.length > 0 ? `UPDATE SET ${changes.join(', ')}` : 'NOTHING';
  return `INSERT INTO ${sqlTable(name)} (${names.map(sqlColumn).join(', ')}) VALUES (${names.map(() => '?').join(', ')})
    ON CONFLICT (${key.map(sqlColumn).join(', ')}) DO ${update}`;
}

/** Takes the new values of these columns, and then the key. An index without any of them isn't touched. */
export function updateSql(name: TableName, columns: readonly string[]): string {
  const changes = columns.map((column) => `${sqlColumn(column)} = ?`);
  return `UPDATE ${sqlTable(name)} SET ${changes.join(', ')} WHERE ${byKey(name)}`;
}

/**
 * Takes the values that `findValues` gives, in that order.
 *
 * The plus before each parameter keeps SQLite from looking at its value: with STAT4 it would compile a statement that
 * orders or limits again at every call, for twenty times the time of an empty find (docs/decisions/0021-reads.md). The
 * index is named, so that no statistics lead to another one. The condition of a partial index stands in the statement word
 * for word, since SQLite uses it only then.
 */
export function findSql(name: TableName, index: string, prefix: readonly KeyValue[], plan: FindPlan): string {
  const { own, where, sortedBy } = shapeOfIndex(name, index);
  const behind = sortedBy.slice(prefix.length);
  const next = sqlColumn(behind[0] ?? '');
  const conditions = [
    ...where.map(([column, values]) => conditionSql(column, values)),
    ...prefix.map((value, i) => `${sqlColumn(own[i] as string)} ${value === null ? 'IS NULL' : '= +?'}`),
    ...(plan.from === undefined ? [] : [`${next} >= +?`]),
    ...(plan.before === undefined ? [] : [`${next} < +?`]),
    ...(plan.isRange && mayBeNull(name, behind.slice(0, 1)) ? [`${next} IS NOT NULL`] : []),
    ...(plan.after === undefined ? [] : [afterSql(name, behind, plan)]),
  ];
  const ordered = sortedBy.map((column) => `${sqlColumn(column)}${plan.reverse ? ' DESC' : ''}`);
  const indexed = index === 'key' ? '' : ` INDEXED BY ${sqlIndex(name, index)}`;
  return `SELECT ${selectSql(name)} FROM ${sqlTable(name)}${indexed} WHERE ${conditions.join(' AND ') || 'true'} ORDER BY ${ordered.join(', ')} LIMIT +?`;
}

/** The parameters of `findSql`. */
export function findValues(
  name: TableName,
  index: string,
  prefix: readonly KeyValue[],
  { from, before, after, limit }: FindPlan,
): KeyValue[] {
  const values: KeyValue[] = prefix.filter((value) => value !== null);
  if (from !== undefined) values.push(from);
  if (before !== undefined) values.push(before);
  if (after !== undefined)
    values.push(...afterValues(name, shapeOfIndex(name, index).sortedBy.slice(prefix.length), after));
  values.push(limit ?? -1);
  return values;
}

/** What `findSql` depends on, beside its index, so that a statement is made once for each. */
export function shapeOfFind(prefix: readonly KeyValue[], { reverse, from, before, isRange, after }: FindPlan): string {
  const nullness = (values: readonly KeyValue[]) => values.map((value) => (value === null ? 'null' : '?')).join();
  return `${nullness(prefix)} ${reverse} ${from !== undefined} ${before !== undefined} ${isRange} ${after && nullness(after)}`;
}

/** The condition of a partial index as its migration has it. */
export function conditionSql(column: string, values: readonly unknown[]): string {
  const literals = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(Number(value))));
  return `${sqlColumn(column)} IN (${literals.join(', ')})`;
}

/** Behind a position. One comparison of rows walks straight there; with null in them, it takes one for each column. */
function afterSql(name: TableName, behind: readonly string[], { after = [], reverse }: FindPlan): string {
  const sign = reverse ? '<' : '>';
  if (!mayBeNull(name, behind)) {
    return `(${behind.map(sqlColumn).join(', ')}) ${sign} (${behind.map(() => '+?').join(', ')})`;
  }
  const steps = behind.map((column, i) => {
    const equal = behind.slice(0, i).map((earlier) => `${sqlColumn(earlier)} IS +?`);
    return `(${[...equal, beyondSql(name, column, after[i] ?? null, reverse)].join(' AND ')})`;
  });
  return `(${steps.join(' OR ')})`;
}

/** Null comes before every value. */
function beyondSql(name: TableName, column: string, value: KeyValue, reverse: boolean): string {
  const named = sqlColumn(column);
  if (value === null) return reverse ? 'false' : `${named} IS NOT NULL`;
  if (!reverse) return `${named} > +?`;
  return mayBeNull(name, [column]) ? `(${named} < +? OR ${named} IS NULL)` : `${named} < +?`;
}

function afterValues(name: TableName, behind: readonly string[], after: readonly KeyValue[]): KeyValue[] {
  if (!mayBeNull(name, behind)) return [...after];
  return after.flatMap((value, i) => [...after.slice(0, i), ...(value === null ? [] : [value])]);
}

function mayBeNull(name: TableName, columns: readonly string[]): boolean {
  return columns.some((column) => tableOf(name).columns[column]?.endsWith('?'));
}

function byKey(name: TableName): string {
  return tableOf(name)
    .key.map((column) => `${sqlColumn(column)} = ?`)
    .join(' AND ');
}

function sqlTable(name: TableName): string {
  return quote(snakeCase(name));
}

export function sqlIndex(name: TableName, index: string): string {
  return quote(`${snakeCase(name)}_${snakeCase(index)}`);
}

function sqlColumn(column: string): string {
  return quote(snakeCase(column));
}

/** `grant` and `at` are words of SQL, in one database or another. */
function quote(name: string): string {
  return `"${name}"`;
}
