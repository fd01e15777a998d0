import { mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log longer than this is set aside at the next start, in place of the one set aside before. Bytes. */
const LOG_BYTES = 10 * 1024 * 1024;

/** Opens a log to be written on, and answers its file descriptor. Throws the system's error. */
export function openLogFile(file: string): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}
