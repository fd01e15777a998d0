import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type FileSystem, systemFiles } from '../durable-files.ts';
import { describeDiskContract } from '../testing/disk-contract.ts';
import { createMemoryDisk } from '../testing/memory-disk.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { folderDisk } from './folder-disk.ts';

function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-disk-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'journal');
}

describeDiskContract('folder of the file system', async () => {
  const folder = scratchFolder();
  return { open: () => folderDisk(folder) };
});

describeDiskContract('disk of the tests', async () => {
  const disk = createMemoryDisk(createVirtualClock());
  return { open: async () => disk };
});

test.skipIf(process.platform === 'win32')('the real one is for its user alone', async () => {
  const folder = scratchFolder();
  const disk = await folderDisk(folder);
  await disk.write('a', Buffer.from('one'));
  expect((await stat(folder)).mode & 0o077).toBe(0);
  expect((await stat(join(folder, 'a'))).mode & 0o077).toBe(0);
  await disk.close();
});

// A journal keeps its files for weeks, and only the last of them is appended to.
test.runIf(process.platform === 'linux')(
  'the real one holds one file open, however many were appended to',
  async () => {
    const folder = scratchFolder();
    const disk = await folderDisk(folder);
    for (const name of ['a', 'b', 'c']) {
      await disk.write(name, Buffer.from('one'));
      await disk.append(name, Buffer.from('two'));
      await disk.syncFile(name);
    }
    expect(openFilesIn(folder)).toEqual([join(folder, 'c')]);
    await disk.append('a', Buffer.from('three'));
    expect(openFilesIn(folder)).toEqual([join(folder, 'a')]);
    expect(Buffer.from((await disk.read('a')) ?? []).toString()).toBe('onetwothree');
    await disk.close();
    expect(openFilesIn(folder)).toEqual([]);
  },
);

function openFilesIn(folder: string): string[] {
  const targets = readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      return []; // The folder of descriptors itself, which is closed by now.
    }
  });
  return targets.filter((target) => target.startsWith(`${folder}/`));
}

test('a journal goes on where a virus scanner holds each file for a moment', async () => {
  const folder = scratchFolder();
  let calls = 0;
  const twiceHeld = async <T>(act: () => Promise<T>) => {
    calls += 1;
    if (calls % 3 !== 0) throw Object.assign(new Error('EPERM: held'), { code: 'EPERM' });
    return act();
  };
  const files: FileSystem = {
    platform: 'win32',
    open: (file, flags, mode) => twiceHeld(() => systemFiles.open(file, flags, mode)),
    rename: (from, to) => twiceHeld(() => systemFiles.rename(from, to)),
    remove: (file) => twiceHeld(() => systemFiles.remove(file)),
    syncFolder: () => Promise.reject(Object.assign(new Error('EPERM: no call for it'), { code: 'EPERM' })),
    pause: async () => {},
  };
  const disk = await folderDisk(folder, files);
  await disk.write('a.new', Buffer.from('one'));
  await disk.rename('a.new', 'a');
  await disk.syncFolder();
  await disk.append('a', Buffer.from('two'));
  await disk.syncFile('a');
  await disk.write('b', Buffer.from('three'));
  expect(Buffer.from((await disk.read('a')) ?? []).toString()).toBe('onetwo');
  expect(await disk.read('missing')).toBeNull();
  await disk.remove('a');
  await disk.remove('b');
  expect(await disk.list()).toEqual([]);
  await disk.close();
});
