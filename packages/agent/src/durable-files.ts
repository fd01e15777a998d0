import { renameSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/**
 * Windows doesn't let a file be replaced or removed while another program has it open, as virus scanners and backups do for
 * moments: it is tried again after these pauses, 2.3 seconds together. Milliseconds.
 */
export const HELD_PAUSES_MS: readonly number[] = [10, 20, 40, 80, 160, 320, 640, 1_000];
/** What Windows says then. Elsewhere the same codes are about rights, and no pause changes those. */
const HELD_CODES: readonly string[] = ['EPERM', 'EACCES', 'EBUSY'];

/** What the file system of a platform does, for tests that have another. */
export interface FileSystem {
  readonly platform: NodeJS.Platform;
  rename(from: string, to: string): Promise<void>;
  remove(file: string): Promise<void>;
  /** Makes durable which files the folder holds. */
  syncFolder(folder: string): Promise<void>;
  pause(ms: number): Promise<unknown>;
}

export const systemFiles: FileSystem = {
  platform: process.platform,
  rename,
  remove: (file) => rm(file, { force: true }),
  syncFolder: async (folder) => {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  },
  pause: (ms) => setTimeout(ms),
};

/** Gives a file the name of another one, which it replaces at one instant. */
export function replaceFile(from: string, to: string, files = systemFiles): Promise<void> {
  return onceLetGo(() => files.rename(from, to), files);
}

/** The same for what a simulation keeps: nothing else goes on in the process meanwhile. */
export function replaceFileSync(from: string, to: string, rename = renameSync, platform = process.platform): void {
  for (const ms of platform === 'win32' ? HELD_PAUSES_MS : []) {
    try {
      rename(from, to);
      return;
    } catch (error) {
      if (!isHeld(error)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    }
  }
  rename(from, to);
}

/** Does nothing when there is no such file. */
export function removeFile(file: string, files = systemFiles): Promise<void> {
  return onceLetGo(() => files.remove(file), files);
}

/**
 * Makes durable which files the folder holds. Windows can't, and needn't: NTFS journals its own metadata; there it does
 * nothing.
 */
export async function syncFolder(folder: string, files = systemFiles): Promise<void> {
  if (files.platform !== 'win32') await files.syncFolder(folder);
}

async function onceLetGo(work: () => Promise<void>, { platform, pause }: FileSystem): Promise<void> {
  for (const ms of platform === 'win32' ? HELD_PAUSES_MS : []) {
    try {
      return await work();
    } catch (error) {
      if (!isHeld(error)) throw error;
      await pause(ms);
    }
  }
  return work();
}

function isHeld(error: unknown): boolean {
  return HELD_CODES.includes(String((error as NodeJS.ErrnoException).code));
}
