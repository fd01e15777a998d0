import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  type FileSystem,
  IN_USE_PAUSES_MS,
  openNewFile,
  replaceFile,
  syncFolder,
  systemFiles,
} from './durable-files.ts';

/** A file system where another program holds what is to be replaced, for so many tries, and that syncs no folder. */
function heldFor(tries: number, platform: NodeJS.Platform, code = 'EBUSY') {
  const pauses: number[] = [];
  let left = tries;
  const held = <T>(act: () => Promise<T>): Promise<T> => {
    left -= 1;
    return left >= 0 ? Promise.reject(Object.assign(new Error(`${code}: held`), { code })) : act();
  };
  const files: FileSystem = {
    platform,
    open: (file, flags, mode) => held(() => systemFiles.open(file, flags, mode)),
    rename: (from, to) => held(() => systemFiles.rename(from, to)),
    syncFolder: () => Promise.reject(new Error('EPERM: no such call')),
    pause: async (ms) => void pauses.push(ms),
  };
  return { files, pauses };
}

function freshFile() {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [fresh, file] = [join(folder, 'a.new'), join(folder, 'a')];
  writeFileSync(fresh, 'new');
  writeFileSync(file, 'old');
  return { folder, fresh, file };
}

test.each([
  ['win32', 'EPERM', 3, 'new', 3],
  ['win32', 'EBUSY', 100, 'old', IN_USE_PAUSES_MS.length],
  ['win32', 'ENOSPC', 1, 'old', 0],
  ['linux', 'EPERM', 1, 'old', 0],
] as const)(
  'on %s a file that fails with %s, %i times, is %s after %i pauses',
  async (platform, code, tries, holds, count) => {
    const { fresh, file } = freshFile();
    const ways: ((files: FileSystem) => Promise<void>)[] = [
      (files) => replaceFile(fresh, file, files),
      async (files) => {
        const handle = await openNewFile(file, files);
        await handle.writeFile('new').finally(() => handle.close());
      },
    ];
    for (const way of ways) {
      writeFileSync(file, 'old');
      const { files, pauses } = heldFor(tries, platform, code);
      const replaced = await way(files).then(
        () => 'new',
        () => 'old',
      );
      expect([replaced, readFileSync(file, 'utf8')]).toEqual([holds, holds]);
      expect(pauses).toEqual(IN_USE_PAUSES_MS.slice(0, count));
    }
  },
);

test('a folder is synced but on Windows, which has no call for it', async () => {
  const { folder } = freshFile();
  await syncFolder(folder, heldFor(0, 'win32').files);
  await expect(syncFolder(folder, heldFor(0, 'linux').files)).rejects.toThrow('no such call');
  await syncFolder(folder);
});
