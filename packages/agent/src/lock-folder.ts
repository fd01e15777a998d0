import { constants } from 'node:fs';
import { access, chmod, lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Another agent runs in that folder. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`Another agent is running in ${folder}; stop it first, or use another folder.`);
    this.name = 'FolderInUse';
  }
}

/** The folder's lock can't be taken, whoever runs there; the message says what to do. */
export class FolderLockError extends Error {
  override readonly name = 'FolderLockError';
}

export interface FolderLock {
  release(): Promise<void>;
}

/** Keeps each lock referenced. The garbage collector would close it otherwise, and a second agent could start. */
const locksTaken = new Set<object>();

/** What is locked: an empty file of the agent's folder, which stays. */
export const LOCK_FILE = 'agent.lock';

/**
 * Makes sure that one agent alone uses a folder. Two of them with one journal would each continue it in their own way.
 *
 * The lock is the operating system's, on a file of the folder itself, and goes with the process however that ends,
 * SIGKILL included. Node has no file locks; SQLite brings them for every system, and the server locks its database so
 * too. The file is for its user alone: a name that every user can take, as of a socket, could be taken first.
 *
 * It doesn't reach across computers or containers that share a folder: there the server notices the fork.
 * @throws FolderInUse
 * @throws FolderLockError
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = join(folder, LOCK_FILE);
  await makeLockFile(file);
  const lock = lockOn(file);
  if (lock === null) throw new FolderInUse(folder);
  locksTaken.add(lock);
  return {
    release: async () => {
      locksTaken.delete(lock);
      lock.close();
    },
  };
}

/** Whether an agent runs there. Makes no file: whoever asks may be another user than the agent's. */
export async function isFolderLocked(folder: string): Promise<boolean> {
  const file = join(folder, LOCK_FILE);
  if ((await lstat(file).catch(() => null)) === null) return false;
  const lock = lockOn(file);
  lock?.close();
  return lock === null;
}

async function makeLockFile(file: string): Promise<void> {
  const found = await lstat(file).catch(() => null);
  if (found !== null && !found.isFile()) throw new FolderLockError(`${file} is no file; remove it, and start again.`);
  // Don't open a file that is there: POSIX ends all locks that a process has on a file when it closes any descriptor of it.
  if (found === null) await open(file, 'a', 0o600).then((handle) => handle.close());
  // SQLite wouldn't say why it can't open one, e.g. where the agent ran as another user once.
  else await access(file, constants.R_OK | constants.W_OK);
  // Whoever can read the file could lock it too. A file that was copied or made by others becomes its user's alone.
  if (found !== null && process.platform !== 'win32' && (found.mode & 0o077) !== 0) await chmod(file, 0o600);
}

/** Null while another process, or another part of this one, has it. */
function lockOn(file: string): { close(): void } | null {
  const lock = new Database(file, { timeout: 0, fileMustExist: true });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (!(error instanceof Database.SqliteError)) throw error;
    if (error.code.startsWith('SQLITE_BUSY')) return null;
    throw new FolderLockError(`${file} can't be locked (${error.code}); ${adviceOn(error.code)}.`, { cause: error });
  }
}

/** @param code SQLite's; removing the file helps only where it holds something else than a lock */
export function adviceOn(code: string): string {
  return /^SQLITE_(?:NOTADB|CORRUPT)/.test(code)
    ? 'remove it, and start again'
    : 'its file system may have no locks: use a folder on a disk of this computer';
}
