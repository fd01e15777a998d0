import Database from 'better-sqlite3';
import { type Query, StoreError } from '../store.ts';
import { createReads } from './rows.ts';

export type RunQuery = (query: Query, input: unknown) => unknown;

/**
 * Runs queries on this connection, each on one snapshot. SQLite takes it at the query's first read: in WAL mode it holds all
 * that is committed by then, and a commit shows only once it is on disk. Throws what the query throws, and a StoreError
 * where the database fails.
 */
export function createQueryRunner(db: Database.Database): RunQuery {
  const tx = createReads(db);
  const begin = db.prepare('BEGIN');
  const end = db.prepare('COMMIT');
  return (query, input) => {
    try {
      begin.run();
      return query(tx, input);
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
      throw new StoreError('aborted', `the database can't be read (${error.code}). Check the disk, and try again.`, {
        cause: error,
      });
    } finally {
      if (db.inTransaction) end.run();
    }
  };
}
