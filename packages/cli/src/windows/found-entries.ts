import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundEntry } from './planted-folder.ts';

/** A folder or file, without following it. Null where nothing of that name is there. */
export async function entryAt(path: string): Promise<FoundEntry | null> {
  try {
    const found = await lstat(path);
    return { path, isLink: found.isSymbolicLink() || (found.isFile() && found.nlink > 1) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** All that lies in a folder, at any depth. What is behind a link isn't. */
export async function entriesIn(folder: string): Promise<FoundEntry[]> {
  const found: FoundEntry[] = [];
  for (const { name } of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, name);
    const entry = await entryAt(path);
    // It was removed meanwhile.
    if (entry === null) continue;
    found.push(entry);
    if (!entry.isLink && (await lstat(path)).isDirectory()) found.push(...(await entriesIn(path)));
  }
  return found;
}
