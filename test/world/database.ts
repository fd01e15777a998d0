import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Rows, TableName } from '@keyrack/server/store/row-types.ts';
import { schema } from '@keyrack/server/store/schema.ts';
import { scratchFolder } from './scratch.ts';

/**
 * Every row of a table as it is on the disk of a server, running or not, in the order of the key.
 *
 * Reads a copy. The server may run in this very process, and two SQLite libraries of one process let go of each other's
 * locks when they close a file (https://sqlite.org/howtocorrupt.html, 2.2). Nothing is carried over from the log
 * into the database meanwhile: a test doesn't write that much.
 */
export function storedRows<T extends TableName>(dataFolder: string, table: T): Rows[T][] {
  const { columns, key } = schema[table] as { columns: Record<string, string>; key: readonly string[] };
  const names = Object.entries(columns);
  const selected = names.map(([name]) => `"${snakeCase(name)}" AS "${name}"`).join(', ');
  const order = key.map((name) => `"${snakeCase(name)}"`).join(', ');
  const copy = scratchFolder();
  try {
    for (const file of ['keyrack.db', 'keyrack.db-wal']) {
      if (existsSync(join(dataFolder, file))) copyFileSync(join(dataFolder, file), join(copy.path, file));
    }
    const db = new DatabaseSync(join(copy.path, 'keyrack.db'));
    try {
      const rows = db.prepare(`SELECT ${selected} FROM "${snakeCase(table)}" ORDER BY ${order}`).all();
      return rows.map(
        (row) => Object.fromEntries(names.map(([name, kind]) => [name, cellValue(row[name], kind)])) as never,
      );
    } finally {
      db.close();
    }
  } finally {
    copy.remove();
  }
}

function cellValue(stored: unknown, kind: string): unknown {
  if (stored === null || stored === undefined) return null;
  if (kind.startsWith('boolean')) return stored === 1;
  return kind.startsWith('json') ? JSON.parse(String(stored)) : stored;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
