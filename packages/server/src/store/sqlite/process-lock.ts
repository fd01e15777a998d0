import { realpathSync } from 'node:fs';
import Database from 'better-sqlite3';
import { explainOpenError, StoreOpenError } from './store-open-error.ts';

/** Locks are kept here: one that nothing refers to would be collected as garbage, which closes it and lets others in. */
const held = new Set<Database.Database>();

/**
 * Makes this process the only one that serves `file`, by whatever links it is reached. That ends when the lock is closed or
 * the process ends, however it ends: the operating system lets go of the lock with the process. It lies on an empty database
 * beside the file, since a lock on the file itself would keep backups and inspection out too.
 *
 * One node: this is what makes sure of it.
 */
export function lockForProcess(file: string): { close(): void } {
  const lock = new Database(`${realNameOf(file)}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    throw new StoreOpenError(file, 'another Keyrack server is serving this database. Stop it first.', { cause: error });
  }
  held.add(lock);
  return {
    close() {
      held.delete(lock);
      lock.close();
    },
  };
}

/**
 * The name that the links on the path lead to. SQLite follows them to one database and one log, so that a lock beside a link
 * would let in whoever came by another link.
 */
function realNameOf(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    // A restore locks a database that isn't there yet, and so is no link.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return file;
    throw error;
  }
}

/** Does work on a database's files while no server may open it. Rejects with a StoreOpenError while one serves it. */
export async function withDatabaseLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  let lock: { close(): void };
  try {
    lock = lockForProcess(file);
  } catch (error) {
    throw explainOpenError(file, error);
  }
  try {
    return await work();
  } finally {
    lock.close();
  }
}
