import { readFileSync } from 'node:fs';
import { CommandFailure } from './exit.ts';
import { unreadableFile } from './system-error.ts';

/** A file that a command names. Throws a CommandFailure when it can't be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandFailure(unreadableFile(file, error));
  }
}
