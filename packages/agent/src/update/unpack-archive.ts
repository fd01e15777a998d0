import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openFile, replaceFile, syncFolder } from '../durable-files.ts';
import { countUnpacked, placeEntry, type TakeFile, type UnpackLimits } from './place-entry.ts';
import { UpdateFailure } from './update-failure.ts';
import { UPDATE_LIMITS } from './update-limits.ts';

/** What a version's folder is called until it is whole. */
export const PART = '.part';

/** What every version of an agent has. Without one of these it can't start. */
const neededOn = (system: string) => [system.startsWith('win-') ? 'bin/node.exe' : 'bin/node', 'lib/main.js'];

/**
 * Unpacks the agent's archive of a version beside the versions that are there. Its folder gets its name when all in it is durable,
 * so that a folder of that name is whole.
 * @throws UpdateFailure
 */
export async function unpackArchive(
  archive: string,
  { versions, version, system }: { readonly versions: string; readonly version: string; readonly system: string },
  limits: UnpackLimits = UPDATE_LIMITS,
): Promise<void> {
  const folder = join(versions, version);
  const part = `${folder}${PART}`;
  const bad = (why: string) =>
    new UpdateFailure('bad-archive', `The archive of version ${version} can't be used: ${why}.`);
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const folders = new Set([part]);
  const written = new Set<string>();
  const count = countUnpacked(limits);
  const refuseIf = (why: string | null) => {
    if (why !== null) throw bad(why);
  };
  const take: TakeFile = async (entry, bytes) => {
    refuseIf(count.entry(entry.path));
    const placed = placeEntry(entry, version);
    if (placed !== 'skipped' && 'refused' in placed) throw bad(placed.refused);
    if (placed === 'skipped') {
      for await (const chunk of bytes) refuseIf(count.bytes(chunk.length));
      return;
    }
    const to = join(part, placed.to);
    for (let at = dirname(to); !folders.has(at); at = dirname(at)) folders.add(at);
    await mkdir(dirname(to), { recursive: true });
    const file = await openFile(to, 'wx', { mode: placed.isProgram ? 0o755 : 0o644 });
    try {
      for await (const chunk of bytes) {
        refuseIf(count.bytes(chunk.length));
        await file.write(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    written.add(placed.to);
  };
  try {
    // Loaded when one is unpacked: agents start with less.
    const read = system.startsWith('win-')
      ? (await import('./read-zip.ts')).readZip
      : (await import('./read-tar.ts')).readTar;
    await read(archive, take).catch((error: NodeJS.ErrnoException) => {
      throw error instanceof UpdateFailure || error.syscall !== undefined ? error : bad(error.message);
    });
    const missing = neededOn(system).find((file) => !written.has(file));
    if (missing !== undefined) throw bad(`${missing} is missing`);
    for (const each of folders) await syncFolder(each);
    await rm(folder, { recursive: true, force: true });
    await replaceFile(part, folder);
    await syncFolder(versions);
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
}
