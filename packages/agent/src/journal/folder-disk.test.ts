import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalId } from '@keyrack/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { entryOf } from '../testing/journal-world.ts';
import { createMemoryDisk } from '../testing/memory-disk.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import type { Disk } from './disk.ts';
import { folderDisk } from './folder-disk.ts';
import { openJournal } from './journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyrack-disk-'));
});
afterEach(() => rm(folder, { recursive: true }));

const text = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString();
const bytes = (content: string) => Buffer.from(content);

describe.each<[string, () => Promise<Disk>]>([
  ['the real disk', () => folderDisk(join(folder, 'journal'))],
  ['the disk of the tests', async () => createMemoryDisk(createVirtualClock())],
])('%s', (_, open) => {
  test('writes, appends, renames, lists and removes', async () => {
    const disk = await open();
    await disk.write('a', bytes('one'));
    await disk.append('a', bytes(' two'));
    await disk.syncFile('a');
    await disk.append('a', bytes(' three'));
    expect(text(await disk.read('a'))).toBe('one two three');
    await disk.write('b', bytes('other'));
    await disk.append('b', bytes('!'));
    await disk.rename('b', 'a');
    await disk.syncFolder();
    await disk.append('a', bytes('?'));
    expect(text(await disk.read('a'))).toBe('other!?');
    expect(await disk.list()).toEqual(['a']);
    await disk.write('a', bytes('new'));
    expect(text(await disk.read('a'))).toBe('new');
    await disk.remove('a');
    await disk.remove('a');
    expect([await disk.read('a'), await disk.list()]).toEqual([null, []]);
    await disk.close();
  });

  test('fails for what is not there', async () => {
    const disk = await open();
    await expect(disk.append('none', bytes('x'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(disk.syncFile('none')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(disk.rename('none', 'other')).rejects.toMatchObject({ code: 'ENOENT' });
    await disk.close();
  });

  test('carries a journal', async () => {
    const disk = await open();
    const parts = { disk, clock: { now: () => 1 }, newId: () => '00000000-0000-4000-8000-000000000001' as JournalId };
    const journal = await openJournal(parts);
    for (let number = 1; number <= 20; number += 1) await journal.append(entryOf(number));
    journal.acknowledge(journal.head());
    await journal.append(entryOf(21));
    const again = await openJournal(parts);
    expect([again.head(), again.acknowledged()?.number]).toEqual([journal.head(), 20]);
    await journal.close();
  });
});

test.skipIf(process.platform === 'win32')('the real one is for its user alone', async () => {
  const disk = await folderDisk(join(folder, 'journal'));
  await disk.write('a', bytes('one'));
  expect((await stat(join(folder, 'journal'))).mode & 0o077).toBe(0);
  expect((await stat(join(folder, 'journal', 'a'))).mode & 0o077).toBe(0);
  await disk.close();
});
