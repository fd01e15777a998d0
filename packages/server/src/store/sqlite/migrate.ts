import type Database from 'better-sqlite3';
import { type Migration, readMigrationsIn, sha256OfMigration } from '../migrations.ts';
import { ofNewerVersion, StoreOpenError } from '../store-open-error.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/** The migrations of this version. */
export function readMigrations(): Migration[] {
  return readMigrationsIn(FOLDER);
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
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
    if (sha256OfMigration(migration) !== sha256) {
      throw new StoreOpenError(
        db.name,
        `migration ${name} is not the one that made this database. Install Keyrack anew.`,
      );
    }
  }
  for (const migration of migrations.slice(applied.length)) apply(db, migration);
  return migrations.length;
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
      sha256OfMigration(migration),
      Date.now(),
    );
  }).immediate();
}
