import { usageError } from '../exit.ts';
import { type InstalledFolders, type InstalledFor, installedFolders } from './installed-folders.ts';
import { currentVersion } from './put-program.ts';
import type { WindowsTools } from './windows-tools.ts';

export interface ChosenInstallation {
  readonly whom: InstalledFor;
  readonly folders: InstalledFolders;
  /** The version that is installed there; null for none. */
  readonly installed: string | null;
}

/**
 * What is installed, or is to be: for the computer where this process has an administrator's rights, else for its user. The
 * other one isn't left beside it, since two agents would share the card readers.
 */
export async function chooseInstallation(
  wanted: InstalledFor | undefined,
  tools: Pick<WindowsTools, 'isElevated'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ChosenInstallation> {
  const whom = wanted ?? ((await tools.isElevated()) ? 'computer' : 'user');
  const folders = installedFolders(whom, env);
  if (folders === null)
    throw usageError('Windows names no folder for programs here; run this as a user who has signed in.');
  const installed = await currentVersion(folders.program);
  const other = installedFolders(whom === 'user' ? 'computer' : 'user', env);
  if (installed === null && other !== null && (await currentVersion(other.program)) !== null)
    throw usageError(
      whom === 'user'
        ? `Keyrack is installed for this computer, in ${other.program}. Run this as an administrator: right-click it, and choose "Run as administrator".`
        : `Keyrack is installed for this user, in ${other.program}. Run this without an administrator's rights, or remove that one first.`,
    );
  return { whom, folders, installed };
}
