import { type FileHandle, open, rename } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/**
 * The agent has the same, in a package of its own (packages/agent/src/durable-files.ts).
 *
 * Windows doesn't let a file be opened or replaced while another program has it for itself. Virus scanners and backups do
 * for moments, most of all with a new file: it is tried again after these pauses, 2.3 s together. Milliseconds.
 */
export const IN_USE_PAUSES_MS: readonly number[] = [10, 20, 40, 80, 160, 320, 640, 1_000];
/** What Windows says then. Elsewhere the same codes are about rights, and no pause changes those. */
const IN_USE_CODES: readonly string[] = ['EPERM', 'EACCES', 'EBUSY'];

/** What the file system of a platform does, for tests that have another. */
export interface FileSystem {
  readonly platform: NodeJS.Platform;
  open(file: string, flags: string, mode?: number): Promise<FileHandle>;
  rename(from: string, to: string): Promise<void>;
  /** Makes durable which files the folder holds. */
  syncFolder(folder: string): Promise<void>;
  pause(ms: number): Promise<unknown>;
}

export const systemFiles: FileSystem = {
  platform: process.platform,
  open,
  rename,
  syncFolder: async (folder) => {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  },
  pause: (ms) => setTimeout(ms),
};

/** Opens a file that its user alone can read, to write it anew. */
export function openNewFile(file: string, files = systemFiles): Promise<FileHandle> {
  return retryWhileInUse(() => files.open(file, 'w', 0o600), files);
}

/** Gives a file the name of another one, which it replaces at one instant. */
export function replaceFile(from: string, to: string, files = systemFiles): Promise<void> {
  return retryWhileInUse(() => files.rename(from, to), files);
}

async function retryWhileInUse<T>(work: () => Promise<T>, { platform, pause }: FileSystem): Promise<T> {
  for (const ms of platform === 'win32' ? IN_USE_PAUSES_MS : []) {
    try {
      return await work();
    } catch (error) {
      if (!IN_USE_CODES.includes(String((error as NodeJS.ErrnoException).code))) throw error;
      await pause(ms);
    }
  }
  return work();
}

/**
 * Makes durable which files the folder holds. Windows can't, and needn't: NTFS journals its own metadata; there it does
 * nothing.
 */
export async function syncFolder(folder: string, files = systemFiles): Promise<void> {
  if (files.platform !== 'win32') await files.syncFolder(folder);
}
