import { isOpenToOthers } from '@keyrack/agent/identity/private-file.ts';

/**
 * What to say of a data folder that others than its user can look into; null where there is nothing to say. It isn't
 * closed by the program: somebody may have named a folder that holds more than Keyrack's files.
 */
export function openFolderWarning(folder: string): string | null {
  let isOpen: boolean;
  try {
    isOpen = isOpenToOthers(folder);
  } catch {
    // There is none yet, or it can't be used: the start makes it, or says so.
    return null;
  }
  return isOpen ? `${folder} is open to others than its user; close it with \`chmod 700 ${folder}\`.` : null;
}
