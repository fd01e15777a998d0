import { readFileSync } from 'node:fs';
import { CommandFailure } from './exit.ts';

/** A file that a command names. Throws a CommandFailure when it can't be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandFailure(`The file ${file} can't be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
