import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile, writeDurably } from '@keyrack/agent';

/** What lies beside the versions, and starts them. */
export const STARTERS: readonly string[] = ['keyrack.cmd', 'install.cmd', 'uninstall.cmd', 'start-hidden.js'];

/** What tells of an installation is no secret. Windows goes by the rights of the folder. */
export const READ_BY_ALL = 0o644;

/** A version that is being copied lies here, and nobody takes it for one. */
const UNFINISHED = 'unfinished';

/** Copies a version beside those that are there. The one of that name, if any, may run meanwhile. */
export async function copyVersion(from: string, to: string, version: string): Promise<void> {
  await removeTree(join(to, UNFINISHED));
  await copyTree(join(from, 'versions', version), join(to, UNFINISHED, version));
}

/**
 * Makes the copied version the one that is started. No agent runs meanwhile. Whenever this ends, `current` names a whole
 * version, but for the moment in which a version takes the place of its own like.
 */
export async function makeCurrent(from: string, to: string, version: string): Promise<void> {
  const versions = join(to, 'versions');
  await mkdir(versions, { recursive: true });
  await replaceFolder(join(to, UNFINISHED, version), join(versions, version), join(to, UNFINISHED, 'replaced'));
  for (const file of STARTERS) await writeFile(join(to, file), await readFile(join(from, file)));
  await writeDurably(join(to, 'current'), `${version}\r\n`, READ_BY_ALL);
  await removeTree(join(to, UNFINISHED));
}

/** Removes all versions but these. What can't be removed now, since a program of it still runs, stays until the next time. */
export async function removeOtherVersions(to: string, kept: readonly string[]): Promise<void> {
  for (const name of await readdir(join(to, 'versions')))
    if (!kept.includes(name)) await removeTree(join(to, 'versions', name)).catch(() => {});
}

/** The version that is started there; null where nothing is installed. */
export async function currentVersion(program: string): Promise<string | null> {
  return readFile(join(program, 'current'), 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}

export const removeTree = (path: string) => rm(path, { recursive: true, force: true, maxRetries: 8, retryDelay: 100 });

async function replaceFolder(from: string, to: string, aside: string): Promise<void> {
  await replaceFile(to, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await replaceFile(from, to);
}

/**
 * Reads and writes each file, rather than copy it: Windows would copy along the mark that it came from the Internet, and warn
 * of every start. Whoever runs the installer has answered for it.
 */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else await writeFile(target, await readFile(source), { flush: true });
  }
}
