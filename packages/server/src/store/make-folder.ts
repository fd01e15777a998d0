import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing, for this user alone. Returns the topmost that was made; undefined
 * where it was there already. Throws the system's error, and ENOTSUP for a place that takes no folders.
 *
 * Node's own recursive way never ends in such a place, as below /proc: the system says there that a new folder is missing.
 */
export function makeFolder(folder: string): string | undefined {
  return makeWithParents(resolve(folder));
}

function makeWithParents(path: string): string | undefined {
  const failure = tryToMake(path);
  if (failure === null) return path;
  if (isFolder(path)) return undefined;
  const parent = dirname(path);
  if (failure.code !== 'ENOENT' || parent === path) throw failure;
  const topmost = makeWithParents(parent);
  const again = tryToMake(path);
  if (again === null) return topmost ?? path;
  // Another program was quicker.
  if (isFolder(path)) return topmost;
  throw again.code === 'ENOENT' ? takesNoFolders(path) : again;
}

function tryToMake(path: string): NodeJS.ErrnoException | null {
  try {
    mkdirSync(path, { mode: 0o700 });
    return null;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function takesNoFolders(path: string): NodeJS.ErrnoException {
  const error = new Error(`ENOTSUP: no folder can be made here, mkdir '${path}'`);
  return Object.assign(error, { code: 'ENOTSUP', syscall: 'mkdir', path });
}
