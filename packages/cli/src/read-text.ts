import { readFileSync } from 'node:fs';

/**
 * A file that a command names. Throws the system's error, which names the file, for `explain` to put into words: where a
 * folder lies there, Node leaves the name out.
 */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw withPath(error, file);
  }
}

/** The same error with the path that it is about. */
export function withPath(error: unknown, path: string): unknown {
  return error instanceof Error && 'code' in error ? Object.assign(error, { path }) : error;
}
