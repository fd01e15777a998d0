import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type FileSystem,
  IN_USE_PAUSES_MS,
  openFile,
  putFileSync,
  removeFile,
  replaceFile,
  syncFolder,
  systemFiles,
  systemFilesSync,
} from './durable-files.ts';

/** A file system whose files another program holds for so many tries. */
function heldFor(tries: number, { code = 'EPERM', platform = 'win32' as NodeJS.Platform } = {}) {
  const pauses: number[] = [];
  let left = tries;
  const held = async <T>(act: () => Promise<T>): Promise<T> => {
    left -= 1;
    if (left >= 0) throw Object.assign(new Error(`${code}: held`), { code });
    return act();
  };
  const files: FileSystem = {
    platform,
    open: (file, flags, mode) => held(() => systemFiles.open(file, flags, mode)),
    rename: (from, to) => held(() => rename(from, to)),
    remove: (file) => held(() => systemFiles.remove(file)),
    syncFolder: () => held(async () => {}),
    pause: async (ms) => void pauses.push(ms),
  };
  return { files, pauses };
}

function twoFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [fresh, file] = [join(folder, 'a.new'), join(folder, 'a')];
  writeFileSync(fresh, 'new');
  writeFileSync(file, 'old');
  return { folder, fresh, file };
}

describe('on Windows, a file that a virus scanner holds', () => {
  test.each(['EPERM', 'EACCES', 'EBUSY'])(
    '(%s) is replaced and removed once it is let go, after growing pauses',
    async (code) => {
      const { folder, fresh, file } = twoFiles();
      const { files, pauses } = heldFor(4, { code });
      await replaceFile(fresh, file, files);
      expect(readFileSync(file, 'utf8')).toBe('new');
      expect(pauses).toEqual(IN_USE_PAUSES_MS.slice(0, 4));
      expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
      await removeFile(file, heldFor(2, { code }).files);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test.each(['EPERM', 'EACCES', 'EBUSY'])('(%s) is opened once it is let go, also a new one', async (code) => {
    const { folder, file } = twoFiles();
    for (const [name, flags] of [
      [file, 'r'],
      [file, 'a'],
      [join(folder, 'b'), 'wx'],
    ] as const) {
      const { files, pauses } = heldFor(3, { code });
      await (await openFile(name, flags, { files })).close();
      expect(pauses).toEqual(IN_USE_PAUSES_MS.slice(0, 3));
    }
    expect(readdirSync(folder).sort()).toEqual(['a', 'a.new', 'b']);
  });

  test('for good is an error in the end, and the old content stays', async () => {
    const { fresh, file } = twoFiles();
    const { files, pauses } = heldFor(1_000);
    await expect(replaceFile(fresh, file, files)).rejects.toMatchObject({ code: 'EPERM' });
    expect(pauses).toEqual(IN_USE_PAUSES_MS);
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  test('is not waited for where something else is wrong', async () => {
    const { fresh, file } = twoFiles();
    const { files, pauses } = heldFor(1, { code: 'ENOSPC' });
    await expect(replaceFile(fresh, file, files)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(pauses).toEqual([]);
  });
});

test('elsewhere a missing right is an error at once', async () => {
  const { fresh, file } = twoFiles();
  const { files, pauses } = heldFor(1, { platform: 'linux' });
  await expect(replaceFile(fresh, file, files)).rejects.toMatchObject({ code: 'EPERM' });
  expect(pauses).toEqual([]);
});

test('a folder is synced but on Windows, which has no call for it', async () => {
  await syncFolder('anywhere', heldFor(1).files);
  await expect(syncFolder('anywhere', heldFor(1, { platform: 'linux' }).files)).rejects.toThrow('held');
  await syncFolder(tmpdir());
});

test.each(['remove', 'write', 'rename'] as const)('what a simulation keeps is waited for too: %s', (what) => {
  const { folder, file } = twoFiles();
  let left = 3;
  const heldOn = (platform: NodeJS.Platform): typeof systemFilesSync => ({
    ...systemFilesSync,
    platform,
    [what]: (...args: unknown[]) => {
      left -= 1;
      if (left >= 0) throw Object.assign(new Error('held'), { code: 'EBUSY' });
      return (systemFilesSync[what] as (...args: unknown[]) => void)(...args);
    },
  });
  putFileSync(file, 'newest', heldOn('win32'));
  expect(readFileSync(file, 'utf8')).toBe('newest');
  expect(readdirSync(folder)).toEqual(['a']);
  left = 1;
  expect(() => putFileSync(file, 'never', heldOn('linux'))).toThrow('held');
});
