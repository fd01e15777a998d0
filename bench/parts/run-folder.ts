import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { THIS_CHECKOUT } from './keyrack-server.ts';

/**
 * Where a bench writes unless told: on the disk of the checkout, since one of memory would make commits free. Git ignores
 * this folder.
 */
export const BENCH_DATA = join(THIS_CHECKOUT, 'data', 'bench');

const folders = new Set<string>();

/** A new folder for one run, within this one. */
export function makeRunFolder(within: string): string {
  mkdirSync(within, { recursive: true });
  const folder = mkdtempSync(join(within, 'run-'));
  folders.add(folder);
  return folder;
}

/** Removes what this process made. A part that was just killed may still have been making a file: then it tries again. */
export function removeRunFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  folders.clear();
}
