import { statSync } from 'node:fs';
import { isOpenToOthers } from '@keyrack/agent/identity/private-file.ts';

/** The mode of a folder such as /tmp, where everybody may make files: closing it would keep everybody else out. */
const STICKY = 0o1000;

/**
 * What to say of a data folder that others than its user can look into; null where there is nothing to say. It isn't
 * closed by the program: somebody may have named a folder that holds more than Keyrack's files.
 */
export function openFolderWarning(folder: string): string | null {
  let isOpen: boolean;
  let isShared: boolean;
  try {
    const found = statSync(folder);
    // What is no folder ends the start, with its reason.
    if (!found.isDirectory()) return null;
    isOpen = isOpenToOthers(folder);
    isShared = (found.mode & STICKY) !== 0;
  } catch {
    // There is none yet, or it can't be used: the start makes it, or says so.
    return null;
  }
  if (isOpen && isShared) return `${folder} is a folder that all users share; name one of Keyrack's own.`;
  return isOpen ? `${folder} is open to others than its user; close it with \`chmod 700 ${folder}\`.` : null;
}
