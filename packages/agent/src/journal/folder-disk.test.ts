import { mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
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
