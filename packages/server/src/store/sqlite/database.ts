import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreOpenError } from '../store-open-error.ts';
import { migrate } from './migrate.ts';
import { explainOpenError } from './open-error.ts';
import { lockForProcess } from './process-lock.ts';

/** How long a write waits for another program, e.g. somebody's sqlite3 shell, before it is refused. Milliseconds. */
const BUSY_TIMEOUT = 5_000;
/**
 * The log is carried over into the database at this length, about 16 MB: four times SQLite's own, for a quarter more
 * commits a second (docs/decisions/0002-store.md). Pages.
 */
const CHECKPOINT_PAGES = 4_000;
/** The write-ahead log is cut back to this after a burst. Bytes. */
const LOG_SIZE_LIMIT = 64 * 1024 * 1024;

/**
 * The most of the database that the writer keeps in memory: the upper pages of every index of a million cards
 * (docs/performance.md). A small database takes no more than its own size. KiB.
 */
const CACHE_KIB = 64 * 1024;

export interface OpenDatabase {
  readonly db: Database.Database;
  /** Lets go of the database and of the process's lock on it. */
  close(): void;
}

/**
 * Opens the database for this process alone, makes it where it is missing, and brings it to this version. Throws a
 * StoreOpenError.
 */
export function openDatabase(file: string): OpenDatabase {
  const opened: { close(): void }[] = [];
  const close = (): void => {
    for (const each of opened.splice(0).reverse()) each.close();
  };
  try {
    makePrivate(file);
    opened.push(lockForProcess(file));
    const db = new Database(file, { timeout: BUSY_TIMEOUT });
    opened.push(db);
    configure(db);
    migrate(db);
    return { db, close };
  } catch (error) {
    close();
    throw explainOpenError(file, error);
  }
}

/** A connection that only reads, to a database that this process has open. Throws a StoreOpenError. */
export function openToRead(file: string): Database.Database {
  try {
    return new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
  } catch (error) {
    throw explainOpenError(file, error);
  }
}

/** Password hashes and sealed keys are for this user alone; SQLite gives its log the same mode. */
function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

function configure(db: Database.Database): void {
  const mode = db.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') throw new StoreOpenError(db.name, 'the database is on a network drive. Move it to a local disk.');
  // An answered success is on disk: without FULL, a commit in WAL mode doesn't wait for it.
  db.pragma('synchronous = FULL');
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  db.pragma(`journal_size_limit = ${LOG_SIZE_LIMIT}`);
  db.pragma(`cache_size = -${CACHE_KIB}`);
  // What is deleted, like a guest's phone, is overwritten in the file too.
  db.pragma('secure_delete = ON');
  // Keep in memory what a savepoint may have to take back; else SQLite writes it to a file, page by page.
  db.pragma('temp_store = MEMORY');
}
