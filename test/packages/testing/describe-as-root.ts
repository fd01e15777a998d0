import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';
import { MACHINE } from '../../../packaging/build/installed-packages.ts';

/** Tests that take root and these programs of a Linux on x64. Skipped by name where one is missing. */
export function describeAsRoot(what: string, programs: readonly string[], tests: () => void): void {
  const missing = [
    ...(MACHINE === 'linux-x64' ? [] : ['Linux on x64']),
    ...(process.getuid?.() === 0 ? [] : ['root']),
    ...programs.filter((name) => !isOnPath(name)),
  ];
  if (missing.length === 0) describe(what, tests);
  else describe.skip(`${what} (needs ${missing.join(', ')})`, tests);
}

function isOnPath(program: string): boolean {
  return `${process.env.PATH}${delimiter}/usr/sbin`.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
