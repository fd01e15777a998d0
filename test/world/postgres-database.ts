import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openPostgresStore } from '@keyrack/server/store/index.ts';
import { rowFrom, sqlName } from '@keyrack/server/store/postgres/statements.ts';
import type { Rows, TableName } from '@keyrack/server/store/row-types.ts';
import { schema } from '@keyrack/server/store/schema.ts';
import { createReads } from '@keyrack/server/store/sqlite/rows.ts';
import { type Transactions, transactions } from '@keyrack/server/transactions/index.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';
import Database from 'better-sqlite3';
import { inject } from 'vitest';

/** Whether the tests' servers keep everything in PostgreSQL: see ./postgres-cluster.ts. */
export const isOnPostgres = (): boolean => inject('postgres') !== '';

/** As somebody whom no policy holds. */
const psql = (database: string, sql: string): string =>
  execFileSync('psql', ['-qAtX', '-h', inject('postgres'), '-U', 'administrator', '-d', database, '-c', sql], {
    encoding: 'utf8',
  });

/** A database of its own with what the embedded one of a data folder holds. */
export async function postgresLike(folder: string): Promise<string> {
  const name = `k${randomBytes(6).toString('hex')}`;
  psql('postgres', `CREATE DATABASE ${name} OWNER keyrack_owner`);
  const url = `postgres:///${name}?host=${encodeURIComponent(inject('postgres'))}&user=keyrack`;
  const store = await openPostgresStore<Transactions>({ database: { connectionString: url }, transactions });
  const db = new Database(join(folder, 'keyrack.db'), { readonly: true });
  const reads = createReads(db);
  const rows = (Object.keys(schema) as TableName[]).flatMap((table) =>
    reads.find(table, 'key', [], { limit: 1_000_000 }).map((row) => ({ table, row }) as TableRow),
  );
  db.close();
  await store.run('putRows', { rows, onlyIfEmpty: false });
  await store.close();
  return url;
}

/** Every row of a table, in the order of the key. */
export function rowsOfPostgres<T extends TableName>(url: string, table: T): Rows[T][] {
  const { columns, key } = schema[table] as { columns: Record<string, string>; key: readonly string[] };
  const cells = Object.keys(columns)
    .map((column) => sqlName(column))
    .join(', ');
  const text = psql(
    new URL(url).pathname.slice(1),
    `SELECT coalesce(json_agg(json_build_array(${cells}) ORDER BY ${key.map((column) => sqlName(column)).join(', ')}), '[]') FROM ${sqlName(table)}`,
  );
  return (JSON.parse(text) as unknown[][]).map((row) => rowFrom(table, row) as never);
}
