import type { Rows, TableName } from '@keyrack/server/store/schema.ts';
import type { Database, Statement } from 'better-sqlite3';

/** Adds rows to a database that a server has made, as that server would write them. */
export type PutRow = <T extends TableName>(table: T, row: Rows[T]) => void;

/**
 * Writes past the store, which another checkout's server may have in another shape: names of tables and columns are what
 * versions share.
 */
export function createPutRow(db: Database): PutRow {
  const statements = new Map<string, Statement>();
  return (table, row) => {
    const columns = Object.keys(row);
    let statement = statements.get(table);
    if (statement === undefined) {
      const names = columns.map((column) => `"${snakeCase(column)}"`).join(', ');
      statement = db.prepare(
        `INSERT INTO "${snakeCase(table)}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
      statements.set(table, statement);
    }
    statement.run(...Object.values(row).map(toCell));
  };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function toCell(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
