/**
 * One flat folder of files, as the journal needs it: the real one is `folderDisk`, the simulation has its own. What an
 * implementation owes:
 *
 * - What was written, appended, renamed or removed is seen by every later call at once, and survives the death of
 *   the process; the death of the computer it survives only once it was synced: bytes by `syncFile`, the presence and
 *   the names of files by `syncFolder`. Of unsynced bytes any part may be lost, the last ones first or not.
 * - A call that fails throws the system's error. Then nobody knows how much of it happened.
 * - Calls for one file never overlap; the journal waits for each.
 */
export interface Disk {
  /** Names of all files, in any order. */
  list(): Promise<string[]>;
  /** The whole content, which the caller owns; null when there is no such file. */
  read(name: string): Promise<Uint8Array | null>;
  /** Makes the file, or replaces all that an existing one holds (not atomically: write another and rename it). */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Adds bytes at the end of a file that exists. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  /** Resolves when all bytes of the file are durable. */
  syncFile(name: string): Promise<void>;
  /** Gives the file another name; a file that has it already is replaced, atomically. */
  rename(from: string, to: string): Promise<void>;
  /** Takes the file away; does nothing when there is none. */
  remove(name: string): Promise<void>;
  /** Resolves when every making, renaming and removing so far is durable. */
  syncFolder(): Promise<void>;
  /** Lets go of open files. Nothing is called after it. */
  close(): Promise<void>;
}

/** Puts a file in place whole or not at all, durably, whatever dies in between: as `NAME.new`, then renamed. */
export async function placeFile(disk: Disk, name: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${name}${UNFINISHED}`;
  await disk.write(fresh, bytes);
  await disk.syncFile(fresh);
  await disk.rename(fresh, name);
  await disk.syncFolder();
}

/** Ends the name of a file that `placeFile` hasn't put in place; one that is found later is rubbish. */
export const UNFINISHED = '.new';
