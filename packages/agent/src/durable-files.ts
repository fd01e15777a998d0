import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/**
 * Windows doesn't let a file be opened, replaced or removed while another program has it for itself. Virus scanners and
 * backups do for moments, most of all with a new file: it is tried again after these pauses, 2.3 s together. Milliseconds.
 */
export const IN_USE_PAUSES_MS: readonly number[] = [10, 20, 40, 80, 160, 320, 640, 1_000];
/** What Windows says then. Elsewhere the same codes are about rights, and no pause changes those. */
const IN_USE_CODES: readonly string[] = ['EPERM', 'EACCES', 'EBUSY'];

/** What the file system of a platform does, for tests that have another. */
export interface FileSystem {
  readonly platform: NodeJS.Platform;
  open(file: string, flags: string | number, mode?: number): Promise<FileHandle>;
  rename(from: string, to: string): Promise<void>;
  remove(file: string): Promise<void>;
  /** Makes durable which files the folder holds. */
  syncFolder(folder: string): Promise<void>;
  pause(ms: number): Promise<unknown>;
}

export const systemFiles: FileSystem = {
  platform: process.platform,
  open,
  rename,
  remove: (file) => rm(file, { force: true }),
  syncFolder: async (folder) => {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  },
  pause: (ms) => setTimeout(ms),
};

/** Opens a file, also one that it makes. */
export function openFile(
  file: string,
  flags: string | number,
  { mode, files = systemFiles }: { readonly mode?: number; readonly files?: FileSystem } = {},
): Promise<FileHandle> {
  return retryWhileInUse(() => files.open(file, flags, mode), files);
}

/** Gives a file the name of another one, which it replaces at one instant. */
export function replaceFile(from: string, to: string, files = systemFiles): Promise<void> {
  return retryWhileInUse(() => files.rename(from, to), files);
}

/** As much of the system as a simulation needs for what it keeps. */
export const systemFilesSync = { platform: process.platform, remove: rmSync, write: writeFileSync, rename: renameSync };

/**
 * Puts a text that its user alone can read in the place of a file, for what a simulation keeps: nothing else goes on in the
 * process meanwhile.
 */
export function putFileSync(file: string, text: string, files: typeof systemFilesSync = systemFilesSync): void {
  const fresh = `${file}.new`;
  onceLetGoSync(files.platform, () => {
    // `mode` counts for a file that is made.
    files.remove(fresh, { force: true });
    files.write(fresh, text, { mode: 0o600 });
  });
  onceLetGoSync(files.platform, () => files.rename(fresh, file));
}

function onceLetGoSync(platform: NodeJS.Platform, work: () => void): void {
  for (const ms of platform === 'win32' ? IN_USE_PAUSES_MS : []) {
    try {
      work();
      return;
    } catch (error) {
      if (!isInUse(error)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    }
  }
  work();
}

/** Does nothing when there is no such file. */
export function removeFile(file: string, files = systemFiles): Promise<void> {
  return retryWhileInUse(() => files.remove(file), files);
}

/**
 * Makes durable which files the folder holds. Windows can't, and needn't: NTFS journals its own metadata; there it does
 * nothing.
 */
export async function syncFolder(folder: string, files = systemFiles): Promise<void> {
  if (files.platform !== 'win32') await files.syncFolder(folder);
}

async function retryWhileInUse<T>(work: () => Promise<T>, { platform, pause }: FileSystem): Promise<T> {
  for (const ms of platform === 'win32' ? IN_USE_PAUSES_MS : []) {
    try {
      return await work();
    } catch (error) {
      if (!isInUse(error)) throw error;
      await pause(ms);
    }
  }
  return work();
}

function isInUse(error: unknown): boolean {
  return IN_USE_CODES.includes(String((error as NodeJS.ErrnoException).code));
}

/** Puts a text in the place of a file at one instant, durably. Whenever the power fails, the old text or the new one is there. */
export async function writeDurably(file: string, text: string, mode: number): Promise<void> {
  const handle = await openFile(`${file}.new`, 'w', { mode });
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await replaceFile(`${file}.new`, file);
  await syncFolder(dirname(file));
}
