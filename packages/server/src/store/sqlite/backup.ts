import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, lstatSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { replaceFile, syncFolder } from '../durable-files.ts';
import { schema } from '../schema.ts';
import { StoreOpenError } from '../store-open-error.ts';
import { readMigrations } from './migrate.ts';
import { explainOpenError } from './open-error.ts';
import { snakeCase } from './statements.ts';

/** What a verified backup holds. */
export interface BackupFigures {
  readonly target: string;
  readonly bytes: number;
  /** Of the file, in hex. */
  readonly sha256: string;
  /** The number of the newest migration in it. */
  readonly version: number;
  /** The name of that migration where this version doesn't know it: then only a newer one can serve or restore the copy. */
  readonly newer: string | null;
  /** Rows by table. A table that is newer than the database's version is left out. */
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * Copies the database as it is at one moment to `target`, while it is served or not, and reads the copy through before
 * it gets its name: what bears the name is whole, checked and on disk. Runs in a thread of its own, so that a server
 * can go on. Rejects with a StoreOpenError, and leaves nothing behind, e.g. when the target exists.
 */
export async function backupSqlite(file: string, target: string): Promise<BackupFigures> {
  const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), { workerData: { file, target } });
  const copied = await new Promise<CopyResult>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new StoreOpenError(file, `the backup ended with code ${code}.`)));
  });
  if (copied.type === 'refused') throw new StoreOpenError(copied.file, copied.matter);
  return { target, ...copied.figures, sha256: await sha256Of(target) };
}

export type CopyResult =
  | { readonly type: 'copied'; readonly figures: Omit<BackupFigures, 'target' | 'sha256'> }
  | { readonly type: 'refused'; readonly file: string; readonly matter: string };

/** The part of a backup that waits for the disk: see `backupSqlite`. */
export async function copyDatabase(file: string, target: string): Promise<CopyResult> {
  let folder: string | undefined;
  let at = target;
  try {
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined)
      throw new StoreOpenError(target, 'this file exists already. Choose another name for the backup.');
    // Beside the target, so that the copy gets its name in one step.
    folder = mkdtempSync(`${target}.partial-`);
    const copy = join(folder, 'copy.db');
    closeSync(openSync(copy, 'wx', 0o600));
    at = file;
    vacuumInto(file, copy);
    at = target;
    const figures = verify(copy, file);
    syncToDisk(copy);
    await replaceFile(copy, target);
    await syncFolder(dirname(target));
    return { type: 'copied', figures };
  } catch (error) {
    // Reading fills no disk: it is the copy that has no room.
    const isFull = String((error as { code?: unknown }).code).startsWith('SQLITE_FULL');
    const { file: culprit, matter } = explainOpenError(isFull ? target : at, error);
    return { type: 'refused', file: culprit, matter };
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** One read transaction: it sees one moment, hinders no writer, and begins anew for none, as the backup API would. */
function vacuumInto(file: string, copy: string): void {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    db.prepare('VACUUM INTO ?').run(copy);
  } finally {
    db.close();
  }
}

function verify(copy: string, source: string): Omit<BackupFigures, 'target' | 'sha256'> {
  const db = new Database(copy, { readonly: true });
  try {
    const findings = db.pragma('integrity_check', { simple: true });
    if (findings !== 'ok')
      throw new StoreOpenError(source, `the copy of it is damaged (${findings}). Check the disks and try again.`);
    const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    if (!tables.includes('migrations'))
      throw new StoreOpenError(source, 'this is not a Keyrack database. Check the path.');
    const newest = db
      .prepare<[], { number: number; name: string }>('SELECT number, name FROM migrations ORDER BY number DESC')
      .get();
    const count = (what: string, table: string): number =>
      Number(db.prepare(`SELECT ${what} FROM ${table}`).pluck().get());
    const known = Object.keys(schema).filter((name) => tables.includes(snakeCase(name)));
    return {
      bytes: statSync(copy).size,
      version: newest?.number ?? 0,
      newer: newest !== undefined && newest.number > readMigrations().length ? newest.name : null,
      rows: Object.fromEntries(known.map((name) => [name, count('count(*)', snakeCase(name))])),
    };
  } finally {
    db.close();
  }
}

/** SQLite doesn't wait for the disk when it vacuums into a file. */
function syncToDisk(path: string): void {
  const handle = openSync(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
