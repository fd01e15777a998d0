import { access, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findMasterKey, MasterKeyError } from './main-master-key.ts';
import type { Queries } from './queries/index.ts';
import type { SealedSecrets } from './queries/sealed-secrets.ts';
import {
  type BackupFigures,
  backupSqlite,
  makeFolder,
  ofNewerVersion,
  openSqliteStore,
  replaceFile,
  StoreOpenError,
  syncFolder,
  withDatabaseLock,
} from './store/index.ts';
import type { Transactions } from './transactions/index.ts';

export interface RestoreResult extends Omit<BackupFigures, 'newer'> {
  /** Operations that wait for their agents' journals. */
  readonly held: number;
  /** Where the database that was replaced is kept, or null when there was none. */
  readonly replaced: string | null;
  /** Whether the key that the server will find is the one that sealed the database; else what to do about it. */
  readonly masterKey: { readonly fits: true } | { readonly fits: false; readonly why: string };
}

const DATABASE = 'keyrack.db';

/**
 * Puts a backup in the place of a data folder's database, while no server runs on it. The backup is checked first. In the
 * restored database every operation that was under way waits for what its agent's journal tells, and no card's content
 * counts as known until it is read (docs/server.md, "Restore"). What was there is kept under another name.
 *
 * `environmentKey` is KEYRACK_MASTER_KEY, where it is set. Without the right key the database is of no use, so whether it
 * is there is told.
 *
 * Rejects with a StoreOpenError when the backup isn't whole or a server runs on the folder; then nothing has changed.
 */
export async function restoreServer(
  backup: string,
  folder: string,
  now: number,
  environmentKey: Uint8Array | null,
): Promise<RestoreResult> {
  const made = makeFolder(folder);
  try {
    return await restoreInto(folder, backup, now, environmentKey);
  } catch (error) {
    // Nothing has changed: a folder that was made for it goes again.
    if (made !== undefined && !(await hasDatabase(folder))) await rm(made, { recursive: true, force: true });
    throw error;
  }
}

async function restoreInto(
  folder: string,
  backup: string,
  now: number,
  environmentKey: Uint8Array | null,
): Promise<RestoreResult> {
  const file = join(folder, DATABASE);
  const restoring = join(folder, `${DATABASE}.restoring`);
  return withDatabaseLock(file, async () => {
    await removeDatabase(folder, `${DATABASE}.restoring`);
    const { newer, ...figures } = await backupSqlite(backup, restoring);
    if (newer !== null) {
      await removeDatabase(folder, `${DATABASE}.restoring`);
      throw ofNewerVersion(backup, newer);
    }
    const { held, secrets } = await holdUntilTold(restoring, now).catch(async (error: unknown) => {
      await removeDatabase(folder, `${DATABASE}.restoring`);
      throw error;
    });
    // Dying from here on leaves `.restoring`, and a server that finds it refuses to start on half a restore.
    const replaced = await moveAside(folder, now);
    await replaceFile(restoring, file);
    await syncFolder(folder);
    await removeDatabase(folder, `${DATABASE}.restoring`);
    return { ...figures, held, replaced, masterKey: await keyFor(secrets, folder, environmentKey) };
  });
}

async function hasDatabase(folder: string): Promise<boolean> {
  return (await readdir(folder)).some((name) => name === DATABASE || name === `${DATABASE}.restoring`);
}

/** Refuses to go on where a restore died halfway: the database may be missing, and an empty one must not take its place. */
export async function refuseHalfRestored(folder: string): Promise<void> {
  const restoring = join(folder, `${DATABASE}.restoring`);
  const found = await access(restoring).then(
    () => true,
    () => false,
  );
  if (found) throw new StoreOpenError(restoring, 'a restore was interrupted. Run `keyrack restore` again.');
}

async function holdUntilTold(
  file: string,
  now: number,
): Promise<{ readonly held: number; readonly secrets: SealedSecrets }> {
  const transactions = new URL('./transactions/index.ts', import.meta.url);
  const queries = new URL('./queries/index.ts', import.meta.url);
  const store = await openSqliteStore<Transactions, Queries>({ file, transactions, queries });
  try {
    const { held } = await store.run('markRestored', { now });
    return { held, secrets: await store.read('sealedSecrets', {}) };
  } finally {
    await store.close();
  }
}

async function keyFor(
  secrets: SealedSecrets,
  folder: string,
  environment: Uint8Array | null,
): Promise<RestoreResult['masterKey']> {
  try {
    const found = await findMasterKey({ environment, folder }, secrets);
    return 'why' in found ? { fits: false, why: found.why } : { fits: true };
  } catch (error) {
    if (error instanceof MasterKeyError) return { fits: false, why: error.message };
    throw error;
  }
}

/** The database and its log belong together: a log that stays behind would be played into the restored one. */
async function moveAside(folder: string, now: number): Promise<string | null> {
  const names = await readdir(folder);
  if (!names.includes(DATABASE)) return null;
  const kept = `${DATABASE}.replaced-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  for (const ending of ['-wal', '-shm', '']) {
    if (names.includes(DATABASE + ending))
      await replaceFile(join(folder, DATABASE + ending), join(folder, kept + ending));
  }
  return join(folder, kept);
}

async function removeDatabase(folder: string, name: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm', '.lock']) await rm(join(folder, name + ending), { force: true });
}
