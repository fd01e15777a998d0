import { constants, readFileSync } from 'node:fs';
import { access, mkdtemp, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../durable-files.ts';
import { isVersion } from './judge-offer.ts';

/**
 * The folder of a package, as its archive lays it out: what starts it, `current` with the name of a version, and the versions. See
 * docs/updates.md.
 */
export interface ProgramFolder {
  readonly top: string;
}

export const versionsIn = ({ top }: ProgramFolder): string => join(top, 'versions');

/** The program of a version: Node, and what it runs. */
export function programOf({ top }: ProgramFolder, version: string): { readonly node: string; readonly main: string } {
  const folder = join(top, 'versions', version);
  return {
    node: join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    main: join(folder, 'lib/main.js'),
  };
}

/** The version that `current` names, which is the one to start. Throws the system's error where it can't be read. */
export function currentVersion({ top }: ProgramFolder): string {
  return readFileSync(join(top, 'current'), 'utf8').trim();
}

/** Names the version to start from now on. At every instant the file names one whole. */
export function makeCurrent({ top }: ProgramFolder, version: string): Promise<void> {
  return writeDurably(join(top, 'current'), `${version}\n`, 0o644);
}

/** Whether this user may change what is started. */
export async function mayChange({ top }: ProgramFolder): Promise<boolean> {
  // On Windows `access` looks at the mark "read-only", and not at who has which rights.
  const look =
    process.platform === 'win32' ? tryToWrite : (folder: string) => access(folder, constants.W_OK | constants.X_OK);
  return Promise.all([look(top), look(versionsIn({ top }))]).then(
    () => true,
    () => false,
  );
}

async function tryToWrite(folder: string): Promise<void> {
  await rmdir(await mkdtemp(join(folder, 'try-')));
}

/** Whether a version is there, whole. */
export function isThere(folder: ProgramFolder, version: string): Promise<boolean> {
  if (!isVersion(version)) return Promise.resolve(false);
  const { node, main } = programOf(folder, version);
  return Promise.all([readFile(main), access(node)]).then(
    () => true,
    () => false,
  );
}

/** Removes a version. What can't be removed stays until the next update. */
export async function discard(folder: ProgramFolder, version: string): Promise<void> {
  await rm(join(versionsIn(folder), version), { recursive: true, force: true }).catch(() => {});
}

/**
 * Removes versions and left-overs of updates, all but the versions to keep. What can't be removed stays until the next time: Windows
 * removes no program that runs.
 */
export async function tidy(folder: ProgramFolder, keep: readonly string[]): Promise<void> {
  const versions = versionsIn(folder);
  for (const name of await readdir(versions).catch(() => []))
    if (!keep.includes(name)) await rm(join(versions, name), { recursive: true, force: true }).catch(() => {});
}
