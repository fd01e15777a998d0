import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Beside `current` of an installation on Windows: what it is, for the program itself and for its removal. */
export const INSTALLED_FILE = 'installed.json';

const installed = z.strictObject({
  for: z.enum(['user', 'computer']),
  data: z.string().min(1),
});
export type Installed = z.infer<typeof installed>;

export const installedText = (what: Installed): string => `${JSON.stringify(what, null, 2)}\n`;

/** Null for a package that was only unpacked. */
export function readInstalled(file: string | URL): Installed | null {
  try {
    return installed.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
