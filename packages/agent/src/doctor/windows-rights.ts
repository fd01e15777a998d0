import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

/** Groups that hold people nobody has chosen, as Windows writes them in a list of rights: by letters or by number. */
const EVERYBODY: Readonly<Record<string, string>> = {
  WD: 'Everyone',
  'S-1-1-0': 'Everyone',
  AU: 'Authenticated Users',
  'S-1-5-11': 'Authenticated Users',
  BU: 'Users',
  'S-1-5-32-545': 'Users',
  IU: 'Interactive',
  'S-1-5-4': 'Interactive',
  BG: 'Guests',
  'S-1-5-32-546': 'Guests',
  AN: 'Anonymous',
  'S-1-5-7': 'Anonymous',
  DU: 'Domain Users',
};
/** One entry: type, flags, rights, two objects, and whom it is about. */
const ENTRY = /\(([A-Z]+);[^;()]*;[^;()]*;[^;()]*;[^;()]*;([^;()]+)[^()]*\)/g;

/**
 * Which of them have any right, by a list in Windows' own notation (SDDL), which is the same in every language. Null
 * where it holds no list of rights: then Windows lets everybody in, or this isn't one.
 */
export function groupsLetIn(sddl: string): readonly string[] | null {
  const list = /D:[A-Z]*(?:\(.*\))/.exec(sddl)?.[0];
  if (list === undefined) return null;
  const rights = list.split(/S:[A-Z]*\(/, 1)[0] ?? list;
  const names = [...rights.matchAll(ENTRY)].flatMap(([, type, who = '']) =>
    type === 'A' && EVERYBODY[who] !== undefined ? [EVERYBODY[who]] : [],
  );
  return [...new Set(names)];
}

/** The folder's list of rights, as `icacls` saves it. Null where it can't: it isn't there, or saves nothing (Wine's). */
export async function readRights(folder: string): Promise<string | null> {
  const scratch = await mkdtemp(join(tmpdir(), 'keyrack-rights-'));
  const file = join(scratch, 'rights');
  try {
    await promisify(execFile)('icacls', [folder, '/save', file, '/q'], { windowsHide: true, timeout: 10_000 });
    // The folder's name on one line, its rights on the next.
    const [name, sddl] = (await readFile(file, 'utf16le')).replace(/^\ufeff/, '').split(/\r?\n/);
    return name === basename(folder) && sddl ? sddl : null;
  } catch {
    return null;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
