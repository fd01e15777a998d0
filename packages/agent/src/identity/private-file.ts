import { statSync } from 'node:fs';

/**
 * Whether group or others have any right to a file or folder. Windows keeps its access rights elsewhere; the
 * installation guide tells how to set them.
 * @throws the system's error when there is none
 */
export function isOpenToOthers(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
}

/** Whether others can put another file in the place of one in this folder. */
export function isWritableByOthers(folder: string): boolean {
  return process.platform !== 'win32' && (statSync(folder).mode & 0o022) !== 0;
}
