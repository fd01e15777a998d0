import Database from 'better-sqlite3';
import { type AnyFindOptions, planFind } from '../find-plan.ts';
import { type IndexShape, shapeOfIndex, tableOf } from '../index-order.ts';
import { checkRow } from '../row-check.ts';
import { keyOf, textOfKey } from '../row-key.ts';
import type { Rows, TableName } from '../row-types.ts';
import { schema } from '../schema.ts';
import { type KeyValue, type ReadTx, type Tx, UniqueViolation } from '../store.ts';
import { createKnownRows } from './known-rows.ts';
import { findSql, findValues, getSql, removeSql, shapeOfFind, snakeCase, updateSql, upsertSql } from './statements.ts';

type Cell = string | number | null;
type AnyRow = Record<string, unknown>;
type Statement = Database.Statement<Cell[], AnyRow>;

/** The reading statements of the store, over the tables of the schema, on this connection. Prepared when first used. */
export function createReads(db: Database.Database): ReadTx {
  const readerOf = byTable((name) => createTableReads(db, name));
  return {
    get: <T extends TableName>(name: T, ...key: KeyValue[]) => readerOf(name).get(key) as Rows[T] | undefined,
    find: (name: TableName, index: string, prefix: readonly KeyValue[], options: AnyFindOptions = {}) =>
      readerOf(name).find(index, prefix, options) as never[],
  };
}

export interface RowsTx extends Tx {
  /** Forgets what it knows of the rows: something was rolled back, or another program has written. */
  forget(): void;
}

/**
 * The reading statements, and those that write. It remembers the rows that it read: a row is most often read before it is
 * put, and then only the columns that differ are written. SQLite rewrites each index of which a column is set, even to
 * what it was. Rows are shared with the transactions, which never change one that they were given.
 *
 * Nobody else writes, so they are remembered from one transaction to the next: a card's way leads to the same dozen rows
 * three times. Where that doesn't hold, the transactor says `forget`.
 *
 * One node: the lock beside the database keeps other servers out. The engine for several nodes can't remember rows.
 */
export function createRows(db: Database.Database): RowsTx {
  const tables: RememberedTable[] = [];
  const tableNamed = byTable((name) => {
    const table = createRememberedTable(db, name);
    tables.push(table);
    return table;
  });
  return {
    get: <T extends TableName>(name: T, ...key: KeyValue[]) => tableNamed(name).get(key) as Rows[T] | undefined,
    find: (name: TableName, index: string, prefix: readonly KeyValue[], options: AnyFindOptions = {}) =>
      tableNamed(name).find(index, prefix, options) as never[],
    put: (name, row) => tableNamed(name).put(row as unknown as AnyRow),
    remove: (name, ...key) => tableNamed(name).remove(key),
    forget() {
      for (const table of tables) table.forget();
    },
  };
}

function byTable<Made>(make: (name: TableName) => Made): (name: TableName) => Made {
  const made = new Map<string, Made>();
  for (const name of Object.keys(schema) as TableName[]) made.set(name, make(name));
  return (name) => {
    const found = made.get(name);
    if (found === undefined) throw new TypeError(`the store has no table ${name}`);
    return found;
  };
}

interface TableReads {
  get(key: readonly KeyValue[]): AnyRow | undefined;
  find(index: string, prefix: readonly KeyValue[], options: AnyFindOptions): AnyRow[];
}

function createTableReads(db: Database.Database, name: TableName): TableReads {
  const { columns } = tableOf(name);
  const names = Object.keys(columns);
  const booleans = names.filter((column) => columns[column]?.startsWith('boolean'));
  const structures = names.filter((column) => columns[column]?.startsWith('json'));
  const fromSql = (row: AnyRow): AnyRow => {
    for (const column of booleans) if (row[column] !== null) row[column] = row[column] === 1;
    for (const column of structures) if (row[column] !== null) row[column] = JSON.parse(row[column] as string);
    return row;
  };
  let getStatement: Statement | undefined;
  const shapes = new Map<string, IndexShape>();
  const shapeOf = (index: string): IndexShape => {
    const shape = shapes.get(index) ?? shapeOfIndex(name, index);
    shapes.set(index, shape);
    return shape;
  };
  /** By what `find` asks for: making the text of a statement takes as long as running it. */
  const finders = new Map<string, Statement>();
  return {
    get(values) {
      checkKey(name, values);
      getStatement ??= db.prepare<Cell[], AnyRow>(getSql(name));
      const row = getStatement.get(...values.map(toCell));
      return row && fromSql(row);
    },
    find(index, prefix, options) {
      const plan = planFind(name, index, shapeOf(index), prefix, options);
      const asked = `${index} ${shapeOfFind(prefix, plan)}`;
      let finder = finders.get(asked);
      if (finder === undefined) {
        finder = db.prepare<Cell[], AnyRow>(findSql(name, index, prefix, plan));
        finders.set(asked, finder);
      }
      return finder.all(...findValues(name, index, prefix, plan).map(toCell)).map(fromSql);
    },
  };
}

interface RememberedTable extends TableReads {
  put(row: AnyRow): void;
  remove(key: readonly KeyValue[]): void;
  forget(): void;
}

function createRememberedTable(db: Database.Database, name: TableName): RememberedTable {
  const { columns } = tableOf(name);
  const names = Object.keys(columns);
  const reads = createTableReads(db, name);
  /** By their keys; null where it is known that there is no such row. */
  const known = createKnownRows<AnyRow | null>();
  const remember = (row: AnyRow): void => void known.set(textOfKey(keyOf(name, row)), row);

  let upsert: Statement | undefined;
  let removal: Statement | undefined;
  /** By which columns change. */
  const updates = new Map<string, Statement>();
  const write = (row: AnyRow): void => {
    const before = known.get(textOfKey(keyOf(name, row)));
    if (before === undefined || before === null) {
      upsert ??= db.prepare<Cell[], AnyRow>(upsertSql(name));
      upsert.run(...names.map((column) => cellOf(row[column])));
      return;
    }
    const changed = names.filter((column) => differ(before[column], row[column]));
    if (changed.length === 0) return;
    const which = changed.join();
    let update = updates.get(which);
    if (update === undefined) {
      update = db.prepare<Cell[], AnyRow>(updateSql(name, changed));
      updates.set(which, update);
    }
    const { changes } = update.run(...changed.map((column) => cellOf(row[column])), ...keyOf(name, row).map(toCell));
    // Else an answered write would be lost without a word.
    if (changes === 0) throw new Error(`${name}: a row that is known is not in the database any more. Try again.`);
  };
  return {
    get(values) {
      checkKey(name, values);
      const text = textOfKey(values);
      let row = known.get(text);
      if (row === undefined) {
        row = reads.get(values) ?? null;
        known.set(text, row);
      }
      return row ?? undefined;
    },
    find(index, prefix, options) {
      const rows = reads.find(index, prefix, options);
      for (const row of rows) remember(row);
      return rows;
    },
    put(row) {
      checkRow(name, row);
      try {
        write(row);
      } catch (error) {
        throw isUniqueViolation(error) ? new UniqueViolation(name, violatedIndex(name, error.message)) : error;
      }
      remember(row);
    },
    remove(values) {
      checkKey(name, values);
      removal ??= db.prepare<Cell[], AnyRow>(removeSql(name));
      removal.run(...values.map(toCell));
      known.delete(textOfKey(values));
    },
    forget: known.clear,
  };
}

/** A structure that was handed on is the same object; another one may hold the same all the same. */
function differ(before: unknown, after: unknown): boolean {
  if (before === after) return false;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return true;
  return JSON.stringify(before) !== JSON.stringify(after);
}

function cellOf(value: unknown): Cell {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : toCell(value as KeyValue);
}

function checkKey(name: TableName, values: readonly KeyValue[]): void {
  const { key } = tableOf(name);
  if (values.length !== key.length)
    throw new TypeError(`the key of ${name} has ${key.length} columns, not ${values.length}`);
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
