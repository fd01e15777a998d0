import { type Migration, readMigrationsIn, sha256OfMigration } from '../migrations.ts';
import type { Connection } from './connection.ts';
import { DatabaseRefusal } from './open-error.ts';
import { ownerOf } from './roles.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

/** One at a time brings a database to a version, however many start at once. */
const MIGRATION_LOCK = 0x4b724d;

/** Brings the database to this version, all in one transaction. Several may start at once on an empty one. */
export async function migrate(
  connection: Connection,
  migrations: readonly Migration[] = readMigrationsIn(FOLDER),
): Promise<void> {
  await connection.command('BEGIN');
  try {
    await connection.send([{ text: 'SELECT pg_advisory_xact_lock($1::bigint)', values: [MIGRATION_LOCK] }]);
    const owner = await ownerOf(connection);
    await connection.command(`SET LOCAL ROLE ${owner}`);
    await connection.command(
      'CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const [applied = []] = await connection.send([
      { text: 'SELECT number, name, sha256 FROM migrations ORDER BY number', values: [] },
    ]);
    for (const [number, name, sha256] of applied as [number, string, string][]) {
      const migration = migrations[number - 1];
      if (migration === undefined)
        throw new DatabaseRefusal(
          `the database is of a newer version (${name}). Install a Keyrack that knows it, or restore a backup from before the update.`,
        );
      if (sha256OfMigration(migration) !== sha256)
        throw new DatabaseRefusal(`migration ${name} is not the one that made this database. Install Keyrack anew.`);
    }
    for (const migration of migrations.slice(applied.length)) {
      await connection.command(migration.sql);
      await connection.send([
        {
          text: 'INSERT INTO migrations (number, name, sha256) VALUES ($1, $2, $3)',
          values: [migration.number, migration.name, sha256OfMigration(migration)],
        },
      ]);
    }
    await connection.command('RESET ROLE; COMMIT');
  } catch (error) {
    await connection.command('ROLLBACK').catch(() => {});
    throw error;
  }
}
