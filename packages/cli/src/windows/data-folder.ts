import { mkdir } from 'node:fs/promises';
import { makeFolder } from '@keyrack/server/store/make-folder.ts';
import { CommandFailure } from '../exit.ts';
import { entriesIn, entryAt } from './found-entries.ts';
import type { InstalledFor } from './installed-folders.ts';
import { whyNotTrusted } from './planted-folder.ts';
import type { WindowsTools } from './windows-tools.ts';

type Judging = Pick<WindowsTools, 'currentUser' | 'rightsIn'>;

/**
 * Refuses a data folder for the computer that an ordinary user may have made beforehand. Changes nothing. With `takeOver`
 * an administrator has looked at what lies there; links are refused even so, since changed rights would reach what is behind them.
 */
export async function judgeDataFolder(data: string, takeOver: boolean, tools: Judging): Promise<void> {
  const folder = await entryAt(data);
  if (folder === null) return;
  const found = [folder, ...(folder.isLink ? [] : await entriesIn(data))];
  const link = found.find(({ isLink }) => isLink);
  if (link !== undefined)
    throw new CommandFailure(
      `${link.path} is a link and leads elsewhere. Remove it as an administrator, and run this again.`,
    );
  if (takeOver) return;
  const why = whyNotTrusted(found, await tools.rightsIn(data), await tools.currentUser());
  if (why === null) return;
  throw new CommandFailure(
    `${data} was there already, and ${why}. Look at what lies in it. Rename or remove it, or add --take-over to go by it; then run this again.`,
  );
}

/** Makes the data folder where it isn't there, and closes it to all but the account of the agent. */
export async function makeDataFolder(
  data: string,
  { whom, user, takeOver }: { readonly whom: InstalledFor; readonly user: string; readonly takeOver: boolean },
  tools: WindowsTools,
): Promise<void> {
  if (whom === 'user') makeFolder(data);
  else {
    await mkdir(data).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      // Somebody may have been faster than this installation.
      return judgeDataFolder(data, takeOver, tools);
    });
    await tools.takeOver(data);
  }
  await tools.closeFolder(data, [user]);
}
