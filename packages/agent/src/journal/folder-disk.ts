import { constants } from 'node:fs';
import { type FileHandle, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openFile, removeFile, replaceFile, syncFolder, systemFiles } from '../durable-files.ts';
import type { Disk } from './disk.ts';

/**
 * A folder of the real file system, which is made when it is missing, readable by this user alone.
 *
 * The file that was appended to last is held open, so that an append costs a write and an fsync and nothing else. The
 * others aren't: a journal keeps its files for weeks.
 */
export async function folderDisk(folder: string, files = systemFiles): Promise<Disk> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let held: { readonly name: string; readonly handle: FileHandle } | null = null;

  async function letGo(name: string): Promise<void> {
    if (held?.name !== name) return;
    const { handle } = held;
    held = null;
    await handle.close();
  }

  async function handleOf(name: string): Promise<FileHandle> {
    if (held?.name === name) return held.handle;
    if (held !== null) await letGo(held.name);
    // Not 'a', which would make a missing file: then the journal is not where it was, and that must be noticed.
    const handle = await openFile(join(folder, name), constants.O_WRONLY | constants.O_APPEND, { files });
    held = { name, handle };
    return handle;
  }

  async function using<T>(name: string, flags: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
    const handle = await openFile(join(folder, name), flags, { mode: 0o600, files });
    return await work(handle).finally(() => handle.close());
  }

  /** What Node says of an open file doesn't name it, and a person wants to know which disk is full. */
  async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const file = join(folder, name);
      if (error instanceof Error && !error.message.includes(file)) error.message += ` '${file}'`;
      throw error;
    }
  }

  return {
    list: () => readdir(folder),
    read: (name) =>
      named(name, async () => {
        try {
          return await using(name, 'r', (handle) => handle.readFile());
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
          throw error;
        }
      }),
    write: (name, bytes) =>
      named(name, async () => {
        await letGo(name);
        await using(name, 'w', (handle) => handle.writeFile(bytes));
      }),
    append: (name, bytes) =>
      named(name, async () => {
        const handle = await handleOf(name);
        for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
      }),
    syncFile: (name) => named(name, async () => (await handleOf(name)).sync()),
    rename: async (from, to) => {
      await letGo(from);
      await letGo(to);
      await replaceFile(join(folder, from), join(folder, to), files);
    },
    remove: async (name) => {
      await letGo(name);
      await removeFile(join(folder, name), files);
    },
    syncFolder: () => syncFolder(folder, files),
    close: async () => {
      if (held !== null) await letGo(held.name);
    },
  };
}
