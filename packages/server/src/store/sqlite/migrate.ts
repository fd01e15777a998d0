import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { StoreOpenError } from './store-open-error.ts';

/** One step of the tables' history. Once released it is never changed: a change is the next number. */
export interface Migration {
  readonly number: number;
  /** Its file's name, e.g. `0001-first-tables.sql`. */
  readonly name: string;
  readonly sql: string;
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

/** The migrations of this version, in order: 1, 2, 3 … without a gap. */
export function readMigrations(folder: URL = new URL('./migrations/', import.meta.url)): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, i) => {
    const number = Number(/^(\d{4})-/.exec(name)?.[1]);
    if (number !== i + 1) throw new Error(`migration ${name} should have number ${i + 1}`);
    // A checkout with Windows line ends is the same migration.
    return { number, name, sql: readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n') };
  });
}

/**
 * Brings the database to this version, each migration in a transaction of its own, and returns the version. Throws a
 * StoreOpenError, and leaves the database as it is, when it belongs to something else, comes from a newer version of
 * Keyrack, or was made by a migration that reads otherwise today.
 */
export function migrate(db: Database.Database, migrations: readonly Migration[] = readMigrations()): number {
  const applied = readApplied(db);
  for (const { number, name, sha256 } of applied) {
    const migration = migrations[number - 1];
    if (migration === undefined) {
      throw ofNewerVersion(db.name, name);
    }
    if (sha256Of(migration) !== sha256) {
      throw new StoreOpenError(
        db.name,
        `migration ${name} is not the one that made this database. Install Keyrack anew.`,
      );
    }
  }
  for (const migration of migrations.slice(applied.length)) apply(db, migration);
  return migrations.length;
}

/** @param newest the name of a migration that this version doesn't know */
export function ofNewerVersion(file: string, newest: string): StoreOpenError {
  return new StoreOpenError(
    file,
    `the database is of a newer version (${newest}). Install a Keyrack that knows it, or restore a backup from before the update.`,
  );
}

function readApplied(db: Database.Database): Applied[] {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  if (tables.includes('migrations')) {
    return db.prepare<[], Applied>('SELECT number, name, sha256 FROM migrations ORDER BY number').all();
  }
  if (tables.length > 0) throw new StoreOpenError(db.name, 'the database belongs to another program. Check the path.');
  return [];
}

function apply(db: Database.Database, migration: Migration): void {
  db.transaction(() => {
    db.exec(
      'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
    );
    db.exec(migration.sql);
    db.prepare('INSERT INTO migrations (number, name, sha256, applied_at) VALUES (?, ?, ?, ?)').run(
      migration.number,
      migration.name,
      sha256Of(migration),
      Date.now(),
    );
  }).immediate();
}

function sha256Of({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}
