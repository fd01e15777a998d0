import Database from 'better-sqlite3';
import { orderOf, tableOf } from '../index-order.ts';
import { checkRow } from '../row-check.ts';
import { type IndexName, type Rows, schema, type TableName } from '../schema.ts';
import { type KeyValue, type Tx, UniqueViolation } from '../store.ts';

type Cell = string | number | null;
type AnyRow = Record<string, unknown>;
type FindOptions = { readonly reverse?: boolean; readonly limit?: number };

/** The four statements of the store, over the tables of the schema, on this connection. Prepared when first used. */
export function createRows(db: Database.Database): Tx {
  const tables = new Map<string, TableStatements>();
  for (const name of Object.keys(schema) as TableName[]) tables.set(name, prepareTable(db, name));
  const statementsOf = (name: TableName): TableStatements => {
    const statements = tables.get(name);
    if (statements === undefined) throw new TypeError(`the store has no table ${name}`);
    return statements;
  };
  return {
    get: <T extends TableName>(name: T, ...key: KeyValue[]) => statementsOf(name).get(key) as Rows[T] | undefined,
    find: <T extends TableName>(name: T, index: IndexName<T>, prefix: readonly KeyValue[], options: FindOptions = {}) =>
      statementsOf(name).find(index as string, prefix, options) as unknown[] as Rows[T][],
    put: (name, row) => statementsOf(name).put(row as unknown as AnyRow),
    remove: (name, ...key) => statementsOf(name).remove(key),
  };
}

/** `propertyId` → `property_id`: the names of tables, columns and indexes in SQL. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

interface TableStatements {
  get(key: readonly KeyValue[]): AnyRow | undefined;
  find(index: string, prefix: readonly KeyValue[], options: FindOptions): AnyRow[];
  put(row: AnyRow): void;
  remove(key: readonly KeyValue[]): void;
}

function prepareTable(db: Database.Database, name: TableName): TableStatements {
  const { columns, key } = tableOf(name);
  const sqlName = quote(snakeCase(name));
  const names = Object.keys(columns);
  const booleans = names.filter((column) => columns[column]?.startsWith('boolean'));
  const structures = names.filter((column) => columns[column]?.startsWith('json'));
  const selected = names.map((column) => `${sqlColumn(column)} AS ${quote(column)}`).join(', ');
  const byKey = key.map((column) => `${sqlColumn(column)} = ?`).join(' AND ');

  const prepared = new Map<string, Database.Statement<Cell[], AnyRow>>();
  const statement = (sql: string): Database.Statement<Cell[], AnyRow> => {
    let known = prepared.get(sql);
    if (known === undefined) {
      known = db.prepare(sql);
      prepared.set(sql, known);
    }
    return known;
  };
  const fromSql = (row: AnyRow): AnyRow => {
    for (const column of booleans) if (row[column] !== null) row[column] = row[column] === 1;
    for (const column of structures) if (row[column] !== null) row[column] = JSON.parse(row[column] as string);
    return row;
  };
  const checkKey = (values: readonly KeyValue[]): void => {
    if (values.length !== key.length)
      throw new TypeError(`the key of ${name} has ${key.length} columns, not ${values.length}`);
  };

  /** By what `find` asks for: making the text of a statement takes as long as running it. */
  const finders = new Map<string, Database.Statement<Cell[], AnyRow>>();
  const finder = (index: string, prefix: readonly KeyValue[], reverse: boolean) => {
    const asked = `${index} ${reverse} ${prefix.map((value) => (value === null ? 'null' : '?')).join()}`;
    let known = finders.get(asked);
    if (known === undefined) {
      known = db.prepare(findSql(index, prefix, reverse));
      finders.set(asked, known);
    }
    return known;
  };
  /**
   * The plus before each parameter keeps SQLite from looking at its value: with STAT4 it would compile a statement that
   * orders or limits again at every call, for twenty times the time of an empty find (docs/decisions/0002-store.md).
   */
  const findSql = (index: string, prefix: readonly KeyValue[], reverse: boolean): string => {
    const { own, order } = orderOf(name, index);
    if (prefix.length > own.length)
      throw new TypeError(`index ${index} of ${name} has ${own.length} columns, not ${prefix.length}`);
    const where = prefix.map((value, i) => `${sqlColumn(own[i] as string)} ${value === null ? 'IS NULL' : '= +?'}`);
    const ordered = order.map((column) => `${sqlColumn(column)}${reverse ? ' DESC' : ''}`);
    return `SELECT ${selected} FROM ${sqlName} WHERE ${where.join(' AND ') || 'true'} ORDER BY ${ordered.join(', ')} LIMIT +?`;
  };

  const getSql = `SELECT ${selected} FROM ${sqlName} WHERE ${byKey}`;
  const removeSql = `DELETE FROM ${sqlName} WHERE ${byKey}`;
  const putSql = upsert(sqlName, names, key);
  return {
    get(values) {
      checkKey(values);
      const row = statement(getSql).get(...values.map(toCell));
      return row && fromSql(row);
    },
    find(index, prefix, { reverse = false, limit = -1 }) {
      const cells = prefix.filter((value) => value !== null).map(toCell);
      return finder(index, prefix, reverse)
        .all(...cells, limit)
        .map(fromSql);
    },
    put(row) {
      checkRow(name, row);
      const cells = names.map((column) => {
        const value = row[column];
        return typeof value === 'object' && value !== null ? JSON.stringify(value) : toCell(value as KeyValue);
      });
      try {
        statement(putSql).run(...cells);
      } catch (error) {
        throw isUniqueViolation(error) ? new UniqueViolation(name, violatedIndex(name, error.message)) : error;
      }
    },
    remove(values) {
      checkKey(values);
      statement(removeSql).run(...values.map(toCell));
    },
  };
}

function upsert(sqlName: string, names: readonly string[], key: readonly string[]): string {
  const changes = names
    .filter((column) => !key.includes(column))
    .map((column) => `${sqlColumn(column)} = excluded.${sqlColumn(column)}`);
  return `INSERT INTO ${sqlName} (${names.map(sqlColumn).join(', ')}) VALUES (${names.map(() => '?').join(', ')})
    ON CONFLICT (${key.map(sqlColumn).join(', ')}) DO ${changes.length > 0 ? `UPDATE SET ${changes.join(', ')}` : 'NOTHING'}`;
}

function isUniqueViolation(error: unknown): error is Error {
  return error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE';
}

/** SQLite names the columns (`UNIQUE constraint failed: members.property_id, members.email`), not the index. */
function violatedIndex(name: TableName, message: string): string {
  const failed = message.slice(message.indexOf(': ') + 2);
  const named = Object.entries(tableOf(name).indexes).find(
    ([, { columns }]) => failed === columns.map((column) => `${snakeCase(name)}.${snakeCase(column)}`).join(', '),
  );
  return named?.[0] ?? failed;
}

function toCell(value: KeyValue): Cell {
  return typeof value === 'boolean' ? Number(value) : value;
}

function sqlColumn(column: string): string {
  return quote(snakeCase(column));
}

/** `grant` and `at` are words of SQL, in one database or another. */
function quote(name: string): string {
  return `"${name}"`;
}
