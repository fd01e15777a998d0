import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../index-order.ts';
import type { Migration } from '../migrations.ts';
import type { TableName } from '../row-types.ts';
import { schema } from '../schema.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { migrate, readMigrations } from './migrate.ts';
import { conditionSql, snakeCase } from './statements.ts';

const step = (number: number, sql: string): Migration => ({ number, name: `000${number}-step.sql`, sql });
const first = step(1, 'CREATE TABLE a (x INTEGER) STRICT;');
const second = step(2, 'CREATE TABLE b (y INTEGER) STRICT;');

describe('migrations', () => {
  it('make exactly the tables, columns and indexes of the schema', () => {
    const db = new Database(':memory:');
    expect(migrate(db)).toBe(readMigrations().length);
    const expected = Object.fromEntries(
      (Object.keys(schema) as TableName[]).map((name) => [snakeCase(name), shapeInSchema(name)]),
    );
    const tables = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migrations'")
      .pluck()
      .all();
    expect(Object.fromEntries(tables.map((name) => [name, shapeInDatabase(db, name)]))).toEqual(expected);
  });

  it('are applied once, and later ones are added', () => {
    const db = new Database(':memory:');
    expect(migrate(db, [first])).toBe(1);
    expect(migrate(db, [first, second])).toBe(2);
    expect(migrate(db, [first, second])).toBe(2);
    expect(db.prepare('SELECT number, name FROM migrations').all()).toEqual([
      { number: 1, name: '0001-step.sql' },
      { number: 2, name: '0002-step.sql' },
    ]);
  });

  it('leave nothing of one that fails', () => {
    const db = new Database(':memory:');
    expect(() => migrate(db, [first, step(2, 'CREATE TABLE b (y INTEGER) STRICT; CREATE nonsense;')])).toThrow();
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()).toEqual([
      'migrations',
      'a',
    ]);
    expect(migrate(db, [first, second])).toBe(2);
  });

  it('refuse a database of a newer version', () => {
    const db = new Database(':memory:');
    migrate(db, [first, second]);
    expect(() => migrate(db, [first])).toThrow(
      ':memory:: the database is of a newer version (0002-step.sql). Install a Keyrack that knows it, or restore a backup from before the update.',
    );
  });

  it('refuse to go on when one has changed', () => {
    const db = new Database(':memory:');
    migrate(db, [first]);
    expect(() => migrate(db, [step(1, 'CREATE TABLE a (z INTEGER) STRICT;'), second])).toThrow(
      'migration 0001-step.sql is not the one',
    );
  });

  it("refuse another program's database", () => {
    const db = new Database(join(scratchFolder(), 'other.db'));
    db.exec('CREATE TABLE bookmarks (x)');
    expect(() => migrate(db)).toThrow('belongs to another program');
  });
});

interface Shape {
  readonly columns: readonly { name: string; type: string; notNull: boolean }[];
  readonly key: readonly string[];
  readonly indexes: Readonly<Record<string, { columns: readonly string[]; unique: boolean; where: string | null }>>;
}

function shapeInSchema(name: TableName): Shape {
  const { columns, key, indexes } = tableOf(name);
  return {
    columns: Object.entries(columns).map(([column, kind]) => ({
      name: snakeCase(column),
      type: kind.startsWith('integer') || kind.startsWith('boolean') ? 'INTEGER' : 'TEXT',
      notNull: !kind.endsWith('?'),
    })),
    key: key.map(snakeCase),
    indexes: Object.fromEntries(
      Object.entries(indexes).map(([index, { columns, unique = false, where = {} }]) => [
        `${snakeCase(name)}_${snakeCase(index)}`,
        {
          columns: columns.map(snakeCase),
          unique,
          where:
            Object.entries(where)
              .map(([column, values]) => conditionSql(column, values as string[]).replaceAll('"', ''))
              .join(' AND ') || null,
        },
      ]),
    ),
  };
}

function shapeInDatabase(db: Database.Database, table: string): Shape {
  const columns = db.pragma(`table_info(${table})`) as { name: string; type: string; notnull: number; pk: number }[];
  const indexes = db.pragma(`index_list(${table})`) as { name: string; unique: number; origin: string }[];
  const columnsOf = (index: string) =>
    (db.pragma(`index_info(${index})`) as { name: string }[]).map(({ name }) => name);
  const whereOf = (index: string) => {
    const sql = db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(index) as string;
    return / WHERE (.+)$/s.exec(sql.replaceAll(/\s+/g, ' '))?.[1] ?? null;
  };
  return {
    columns: columns.map(({ name, type, notnull }) => ({ name, type, notNull: notnull === 1 })),
    key: columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map(({ name }) => name),
    indexes: Object.fromEntries(
      indexes
        .filter(({ origin }) => origin === 'c')
        .map(({ name, unique }) => [name, { columns: columnsOf(name), unique: unique === 1, where: whereOf(name) }]),
    ),
  };
}
