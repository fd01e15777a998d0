import type { JournalId } from '@keyrack/protocol';
import { describe, expect, it } from 'vitest';
import { type Disk, placeFile } from '../journal/disk.ts';
import { openJournal } from '../journal/journal.ts';
import { entryOf } from './journal-world.ts';

/** A folder that can be opened again after the process that used it is gone. */
export interface ContractFolder {
  open(): Promise<Disk>;
}

/**
 * What every disk must do, those of tests and of the simulation as well as the real one: otherwise they would prove
 * something about a disk that doesn't exist. `folder` gives an empty one for each test.
 */
export function describeDiskContract(kind: string, folder: () => Promise<ContractFolder>): void {
  describe(`${kind}: what every disk does`, () => {
    const bytes = (text: string) => new Uint8Array(Buffer.from(text));
    const textOf = async (disk: Disk, name: string) => {
      const found = await disk.read(name);
      return found === null ? null : Buffer.from(found).toString();
    };

    it('is empty at first, and knows no file', async () => {
      const disk = await (await folder()).open();
      expect(await disk.list()).toEqual([]);
      expect(await disk.read('a')).toBeNull();
      await disk.close();
    });

    it('reads what was written, and what was appended behind it', async () => {
      const disk = await (await folder()).open();
      await disk.write('a', bytes('one '));
      await disk.append('a', bytes('two '));
      await disk.append('a', bytes('three'));
      expect(await textOf(disk, 'a')).toBe('one two three');
      expect(await disk.list()).toEqual(['a']);
      await disk.close();
    });

    it('replaces all that a file held', async () => {
      const disk = await (await folder()).open();
      await disk.write('a', bytes('something long'));
      await disk.append('a', bytes('!'));
      await disk.write('a', bytes('short'));
      await disk.append('a', bytes('?'));
      expect(await textOf(disk, 'a')).toBe('short?');
      await disk.close();
    });

    it('hands out bytes that are the caller’s own, and keeps its own', async () => {
      const disk = await (await folder()).open();
      const written = bytes('abc');
      await disk.write('a', written);
      written.fill(0);
      (await disk.read('a'))?.fill(0);
      expect(await textOf(disk, 'a')).toBe('abc');
      await disk.close();
    });

    it('makes no file by appending, syncing or renaming', async () => {
      const disk = await (await folder()).open();
      await expect(disk.append('a', bytes('x'))).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(disk.syncFile('a')).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(disk.rename('a', 'b')).rejects.toMatchObject({ code: 'ENOENT' });
      expect(await disk.list()).toEqual([]);
      await disk.close();
    });

    it('renames over another file, and goes on with it under the new name', async () => {
      const disk = await (await folder()).open();
      await disk.write('a', bytes('old'));
      await disk.append('a', bytes('!'));
      await disk.write('b', bytes('new'));
      await disk.rename('b', 'a');
      await disk.append('a', bytes('er'));
      await disk.syncFile('a');
      expect(await disk.list()).toEqual(['a']);
      expect(await textOf(disk, 'a')).toBe('newer');
      await disk.close();
    });

    it('removes a file, and one that is not there', async () => {
      const disk = await (await folder()).open();
      await disk.write('a', bytes('x'));
      await disk.append('a', bytes('y'));
      await disk.remove('a');
      await disk.remove('a');
      expect(await disk.list()).toEqual([]);
      await disk.write('a', bytes('z'));
      expect(await textOf(disk, 'a')).toBe('z');
      await disk.close();
    });

    it('shows the next process everything, synced or not', async () => {
      const place = await folder();
      const disk = await place.open();
      await disk.write('a', bytes('one'));
      await disk.append('a', bytes(' two'));
      await disk.write('b', bytes('x'));
      await disk.rename('b', 'c');
      const next = await place.open();
      expect((await next.list()).sort()).toEqual(['a', 'c']);
      expect(await textOf(next, 'a')).toBe('one two');
      await next.append('a', bytes(' three'));
      expect(await textOf(next, 'a')).toBe('one two three');
      await disk.close();
      await next.close();
    });

    it('puts a file in place whole, and syncs it and the folder', async () => {
      const place = await folder();
      const disk = await place.open();
      await placeFile(disk, 'a', bytes('first'));
      await placeFile(disk, 'a', bytes('second'));
      await disk.syncFolder();
      expect(await disk.list()).toEqual(['a']);
      expect(await textOf(disk, 'a')).toBe('second');
      await disk.close();
    });

    it('carries a journal', async () => {
      const place = await folder();
      const clock = { now: () => 1 };
      const newId = () => '00000000-0000-4000-8000-000000000001' as JournalId;
      const journal = await openJournal({ disk: await place.open(), clock, newId });
      for (let number = 1; number <= 20; number += 1) await journal.append(entryOf(number));
      journal.acknowledge(journal.head());
      await journal.append(entryOf(21));
      const again = await openJournal({ disk: await place.open(), clock, newId });
      expect([again.head(), again.acknowledged()?.number]).toEqual([journal.head(), 20]);
      await journal.close();
      await again.close();
    });
  });
}
