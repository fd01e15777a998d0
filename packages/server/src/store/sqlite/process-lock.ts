import { chmodSync, closeSync, openSync, realpathSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreOpenError } from '../store-open-error.ts';
import { explainOpenError } from './open-error.ts';

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
  const name = realNameOf(file);
  refuseSecondName(file, name);
  const lockFile = `${name}.lock`;
  const before = identityOf(lockFile);
  const lock = takeLock(file, lockFile);
  if (before === undefined || before !== identityOf(lockFile)) {
    // Nobody removes it in the course of things. A server whose lock was removed doesn't know, and goes on.
    if (isOpenElsewhere(name)) {
      rmSync(lockFile, { force: true });
      lock.close();
      throw new StoreOpenError(
        file,
        'another program has this database open, and its lock file was taken away. Stop that program first.',
      );
    }
  }
  held.add(lock);
  return {
    close() {
      held.delete(lock);
      lock.close();
    },
  };
}

/** Where the lock itself can't be used, e.g. since another user made it, the error names it: the database may be all right. */
function takeLock(file: string, lockFile: string): Database.Database {
  let lock: Database.Database | undefined;
  try {
    makePrivate(lockFile);
    lock = new Database(lockFile, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY'))
      throw explainOpenError(lockFile, error);
    throw new StoreOpenError(file, 'another Keyrack server is serving this database. Stop it first.', { cause: error });
  }
}

/** Each name of a file has a log and a lock of its own. Two servers by two names would write over each other. */
function refuseSecondName(file: string, name: string): void {
  const found = statSync(name, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.nlink <= 1) return;
  throw new StoreOpenError(
    file,
    'this database has a second name (a hard link), by which others could change it. Copy it to a file of its own.',
  );
}

/** Whether any connection to the database is open. It can't tell a server from somebody who only reads. */
function isOpenElsewhere(name: string): boolean {
  if ((statSync(name, { throwIfNoEntry: false })?.size ?? 0) === 0) return false;
  const db = new Database(name, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return true;
    throw error;
  } finally {
    db.close();
  }
}

/** Tells a file from a later one of the same name. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}

/**
 * Makes the file for this user alone: whoever can read a file can lock it. One that is there isn't opened, since closing it
 * would let go of a lock that this process has on it.
 */
function makePrivate(lockFile: string): void {
  const found = statSync(lockFile, { throwIfNoEntry: false });
  if (found === undefined) closeSync(openSync(lockFile, 'a', 0o600));
  else if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) close(lockFile);
}

function close(lockFile: string): void {
  try {
    chmodSync(lockFile, 0o600);
  } catch {
    // It is another user's, who may have let this one write to it on purpose.
  }
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
