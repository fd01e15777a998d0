import { openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '@keyrack/server/store/make-folder.ts';
import { LOG_ROTATION } from '../log/log-file.ts';

/**
 * Opens the file that a child process writes its log to, and answers its descriptor. A file that has grown large is set
 * aside first. `ignore` where it can't be opened, e.g. since the disk is full: the child is worth more than its log.
 */
export function openChildLog(file: string, failed: (error: Error) => void): number | 'ignore' {
  try {
    makeFolder(dirname(file));
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > LOG_ROTATION.megabytes * 1024 * 1024) setAside(file);
    return openSync(file, 'a', 0o600);
  } catch (error) {
    failed(error as Error);
    return 'ignore';
  }
}

/** Where another program has the file open, Windows doesn't let it be renamed: it grows on until the next start. */
function setAside(file: string): void {
  try {
    renameSync(file, `${file}.1`);
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  }
}
