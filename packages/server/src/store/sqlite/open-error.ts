import { StoreOpenError } from '../store-open-error.ts';
import { matterOfSystemError } from '../system-errors.ts';

/** What SQLite's result codes mean to the person who starts the server. */
export function explainOpenError(file: string, error: unknown): StoreOpenError {
  if (error instanceof StoreOpenError) return error;
  const code = (error as { code?: unknown }).code;
  return new StoreOpenError(file, matterOf(typeof code === 'string' ? code : '', error), { cause: error });
}

function matterOf(code: string, error: unknown): string {
  if (code.startsWith('SQLITE_NOTADB')) return 'this is not a Keyrack database. Check the path, or restore a backup.';
  if (code.startsWith('SQLITE_CORRUPT')) return 'the database is damaged. Keep a copy of it and restore a backup.';
  if (code.startsWith('SQLITE_BUSY')) return 'another program is writing to the database. Close it and start again.';
  if (code.startsWith('SQLITE_FULL')) return 'the disk is full. Make space and start again.';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM')) {
    return 'the database or its folder is not writable. Give this user the right to write there.';
  }
  if (code.startsWith('SQLITE_CANTOPEN') || isMissingFolder(error)) {
    return 'the database cannot be opened. Check that its folder exists, that the path names a file, and who may read it.';
  }
  return (
    matterOfSystemError(error) ??
    `the database cannot be opened (${error instanceof Error ? error.message : String(error)}).`
  );
}

/** better-sqlite3 looks for the folder by itself, and throws a TypeError without a code. */
function isMissingFolder(error: unknown): boolean {
  return error instanceof TypeError && error.message.includes('directory does not exist');
}
