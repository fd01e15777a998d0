import { stat, statfs } from 'node:fs/promises';
import { isOpenToOthers, readIdentity } from '../identity/index.ts';
import { folderDisk, JournalError, readJournal } from '../journal/index.ts';
import { isFolderLocked } from '../lock-folder.ts';
import type { Finding } from './finding.ts';
import { groupsLetIn, readRights } from './windows-rights.ts';

/** Less room than this counts as a disk that is filling up: months of journal, but not what other programs write. */
const FREE_BYTES = 100 * 1024 * 1024;

/** Where rights are to be found. */
interface Rights {
  readonly platform: NodeJS.Platform;
  readRights(folder: string): Promise<string | null>;
}

export async function examineFolder(
  folder: string,
  rights: Rights = { platform: process.platform, readRights },
): Promise<Finding> {
  const check = 'folder';
  const found = await stat(folder).catch(() => null);
  if (found === null) {
    return { check, found: `${folder} isn't there`, todo: 'Pair the agent, or name its folder with --data.' };
  }
  if (rights.platform === 'win32') return { check, ...examineRights(folder, await rights.readRights(folder)) };
  if (isOpenToOthers(folder)) {
    return { check, found: `${folder} is open to others than its user`, todo: `Run \`chmod 700 ${folder}\`.` };
  }
  return { check, found: `${folder} is its user's alone`, todo: null };
}

function examineRights(folder: string, sddl: string | null): Omit<Finding, 'check'> {
  const groups = sddl === null ? null : groupsLetIn(sddl);
  if (groups === null) {
    return { found: `${folder} is there; its rights were not judged, since \`icacls\` doesn't tell them`, todo: null };
  }
  if (groups.length === 0) return { found: `${folder} is open to nobody but whom its rights name`, todo: null };
  return {
    found: `${folder} is open to ${groups.join(' and ')}`,
    todo: 'Give it to the user who runs the agent alone, with `icacls` as docs/desk-pc.md shows.',
  };
}

/** @param enrolled it has an id and a token instead of a key */
export async function examineIdentity(folder: string, enrolled: boolean): Promise<Finding> {
  const check = 'identity';
  try {
    const stored = await readIdentity(folder);
    if (stored !== null) return { check, found: `paired as agent ${stored.identity.agent}`, todo: null };
  } catch (error) {
    return { check, found: 'the identity can not be used', todo: messageOf(error) };
  }
  if (enrolled) return { check, found: 'enrolled with a token', todo: null };
  return {
    check,
    found: 'never paired',
    todo: 'Run `keyrack agent --server URL --pair CODE` with a code that an administrator makes under Front desks in the console, or by `keyrack agents pair`.',
  };
}

/** Reads the journal and changes nothing, so that an agent may be at work meanwhile. */
export async function examineJournal(journal: string): Promise<Finding> {
  const check = 'journal';
  if ((await stat(journal).catch(() => null)) === null) return { check, found: 'not begun yet', todo: null };
  try {
    const disk = await folderDisk(journal);
    const read = await readJournal(disk);
    await disk.close();
    if (read === null) return { check, found: 'not begun yet', todo: null };
    const last = read.segments.flatMap(({ records }) => records).at(-1)?.number ?? read.segments[0]?.continues.number;
    const acknowledged = read.acknowledged?.number ?? 0;
    return {
      check,
      found: `whole; record ${last} is the last, and the server has ${acknowledged} or more`,
      todo: null,
    };
  } catch (error) {
    if (error instanceof JournalError) return { check, found: `it can't be used (${error.code})`, todo: error.message };
    const todo = 'Run this as the user who runs the agent, or repair the disk.';
    return { check, found: `it can't be read: ${messageOf(error)}`, todo };
  }
}

export async function examineDisk(folder: string): Promise<Finding> {
  const check = 'disk';
  try {
    const { bavail, bsize } = await statfs(folder);
    const found = `${Math.floor((bavail * bsize) / 1024 / 1024)} MiB free`;
    return {
      check,
      found,
      todo: bavail * bsize < FREE_BYTES ? 'Make room: without it nothing is written to cards.' : null,
    };
  } catch (error) {
    return { check, found: `unknown: ${messageOf(error)}`, todo: 'Name the folder of the agent with --data.' };
  }
}

/** Whether an agent is at work here. Either is fine; a second one couldn't start. */
export async function examineInstance(folder: string): Promise<Finding> {
  const check = 'instance';
  try {
    const runs = await isFolderLocked(folder);
    return { check, found: `${runs ? 'an' : 'no'} agent is running in this folder`, todo: null };
  } catch (error) {
    return { check, found: `unknown: ${messageOf(error)}`, todo: 'Name the folder of the agent with --data.' };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
