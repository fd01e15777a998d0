import type { Rows, TableName } from '@keyrack/server/store/row-types.ts';
import type { Database, Statement } from 'better-sqlite3';

/**
 * Adds rows to a database that a server has made, as that server would write them. Columns that it doesn't have are left
 * out, and what isn't named gets the column's default: checkouts of several versions are measured.
 */
export type PutRow = <T extends TableName>(table: T, row: Partial<Rows[T]>) => void;

/**
 * Writes past the store, which another checkout's server may have in another shape: names of tables and columns are what
 * versions share.
 */
export function createPutRow(db: Database): PutRow {
  const tables = new Map<string, { readonly columns: readonly string[]; readonly insert: Statement }>();
  return (table, row) => {
    let known = tables.get(table);
    if (known === undefined) {
      known = prepareInsert(db, snakeCase(table), Object.keys(row));
      tables.set(table, known);
    }
    const cells = row as Readonly<Record<string, unknown>>;
    known.insert.run(...known.columns.map((column) => toCell(cells[column])));
  };
}

function prepareInsert(db: Database, table: string, named: readonly string[]) {
  const there = new Set((db.pragma(`table_info("${table}")`) as { readonly name: string }[]).map(({ name }) => name));
  const columns = named.filter((column) => there.has(snakeCase(column)));
  const names = columns.map((column) => `"${snakeCase(column)}"`).join(', ');
  const insert = db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`);
  return { columns, insert };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function toCell(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
