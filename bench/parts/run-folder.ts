import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../packages/server/src/store/make-folder.ts';
import { matterOfSystemError } from '../../packages/server/src/store/system-errors.ts';
import { BenchError } from './bench-error.ts';
import { THIS_CHECKOUT } from './keyrack-server.ts';

/**
 * Where a bench writes unless told: on the disk of the checkout, since one of memory would make commits free. Git ignores
 * this folder.
 */
export const BENCH_DATA = join(THIS_CHECKOUT, 'data', 'bench');

const folders = new Set<string>();

/** A new folder for one run, within this one. */
export function makeRunFolder(within: string): string {
  makeNamedFolder(within);
  const folder = mkdtempSync(join(within, 'run-'));
  folders.add(folder);
  return folder;
}

/** Makes the folder that somebody named on the command line, where it is missing. Throws a BenchError where it can't be. */
export function makeNamedFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new BenchError(`${folder}: ${matterOfSystemError(error) ?? error}`);
  }
}

/** Removes what this process made. A part that was just killed may still have been making a file: then it tries again. */
export function removeRunFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  folders.clear();
}
