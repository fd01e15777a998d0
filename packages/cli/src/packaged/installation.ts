import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Installation } from '../installation.ts';
import { INSTALLED_FILE, readInstalled } from '../windows/installed-file.ts';

// In a package this stands for ../installation.ts: it was unpacked somewhere, or a system's packages brought it.

/** What Debian's packages say of themselves, beside the folder of the program's own modules. */
const TOLD = fileURLToPath(new URL('../installation.json', import.meta.url));
/** What starts the version that is current, beside the folders of the versions. */
const LAUNCHER = fileURLToPath(
  new URL(process.platform === 'win32' ? '../../../keyrack.cmd' : '../../../keyrack', import.meta.url),
);

/** The folder that the archive was unpacked to. */
const TOP = fileURLToPath(new URL('../../../', import.meta.url));
/** Who signs updates of this build. */
const RELEASE_KEY = fileURLToPath(new URL('../release-key.pub', import.meta.url));

const told = z.strictObject({
  command: z.string(),
  updatedBy: z.literal('apt'),
  folders: z.strictObject({ server: z.string(), agent: z.string() }),
});

/** What `install.cmd` says on Windows, beside what starts the version that is current. */
const installed = readInstalled(new URL(`../../../${INSTALLED_FILE}`, import.meta.url));

export const INSTALLATION: Installation = readTold() ?? {
  command: /^[\w@%+=:,./-]+$/.test(LAUNCHER) ? LAUNCHER : `"${LAUNCHER}"`,
  elsewhere: 'keyrack',
  // Its account may not change the program, and must not: what it ran next could be anybody's.
  updatedBy: installed?.for === 'computer' ? 'install.cmd' : null,
  archive: { top: TOP, key: textOf(RELEASE_KEY) },
  folders: { server: './data/server', agent: installed?.data ?? './data/agent' },
};

function readTold(): Installation | null {
  const text = textOf(TOLD);
  return text === null ? null : { ...told.parse(JSON.parse(text)), elsewhere: 'keyrack', archive: null };
}

/** Null where there is no such file. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
