import { execFile } from 'node:child_process';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FILLER = 'filler';
const MEGABYTE = 1024 * 1024;

/** A folder on a file system of its own, which can be full. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room there is. */
  fill(): Promise<void>;
  makeRoom(): Promise<void>;
  unmount(): Promise<void>;
}

/** Mounts a tmpfs of that size there. Null, with the reason, where this user may not. */
export async function mountSmallDisk(
  folder: string,
  megabytes: number,
): Promise<{ readonly disk: SmallDisk } | { readonly disk: null; readonly reason: string }> {
  if (process.platform !== 'linux') return { disk: null, reason: 'a small disk is a tmpfs, which Linux alone has' };
  if (process.getuid?.() !== 0) return { disk: null, reason: 'only root may mount a tmpfs' };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder]);
  } catch (error) {
    return { disk: null, reason: `mounting a tmpfs failed (${String((error as { stderr?: string }).stderr).trim()})` };
  }
  const filler = join(folder, FILLER);
  const disk: SmallDisk = {
    folder,
    async fill() {
      const { bavail, bsize } = await statfs(folder);
      const bytes = bavail * bsize;
      if (bytes === 0) return;
      // What fits, in one go; others write meanwhile, so the last of it may not.
      await run('fallocate', ['-l', String(bytes), filler]).catch(() => fillBySteps(folder, filler));
    },
    makeRoom: () => rm(filler, { force: true }),
    async unmount() {
      await run('umount', [folder]).catch(() => run('umount', ['-l', folder]));
    },
  };
  return { disk };
}

/** Leaves as little as it can: a page, or twice as much while others are quicker. */
async function fillBySteps(folder: string, filler: string): Promise<void> {
  const { bsize } = await statfs(folder);
  for (let spare: number = bsize; spare <= MEGABYTE / 4; spare *= 2) {
    const { bavail } = await statfs(folder);
    const bytes = Math.max(bsize, bavail * bsize - spare);
    const filled = await run('fallocate', ['-l', String(bytes), filler]).then(
      () => true,
      () => false,
    );
    if (filled) return;
  }
}
