import { isChain, journalStart } from '@keyrack/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJournalWorld, entryOf, writtenJournal } from '../testing/journal-world.ts';
import { JOURNAL_LIMITS } from './journal.ts';
import { STANDING_FILE } from './journal-progress.ts';

describe('a journal', () => {
  test('begins empty, at the start of its own id', async () => {
    const journal = await createJournalWorld().open();
    expect(journal.head()).toEqual(journalStart(journal.id()));
    expect(journal.acknowledged()).toBe(null);
    expect(journal.recordsAfter(0)).toEqual([]);
  });

  test('numbers and chains what is appended, in the order of the calls', async () => {
    const world = createJournalWorld();
    const journal = await world.open();
    const appended = await Promise.all([1, 2, 3, 4, 5].map((number) => journal.append(entryOf(number))));
    expect(appended.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(isChain(journalStart(journal.id()), appended)).toBe(true);
    expect(journal.recordsAfter(3)).toEqual(appended.slice(3));
    expect(journal.mentions(entryOf(5).nonce)).toBe(true);
    expect(journal.mentions(entryOf(7).nonce)).toBe(false);
  });

  test('is the same after it is opened again, and goes on where it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 }), async (runs) => {
        const world = createJournalWorld();
        let number = 0;
        for (const appends of runs) {
          const journal = await world.open();
          for (let i = 0; i < appends; i += 1) {
            number += 1;
            await journal.append(entryOf(number));
          }
          await journal.close();
        }
        const journal = await world.open();
        expect(journal.recordsAfter(0).map(({ entry }) => entry)).toEqual(
          Array.from({ length: number }, (_, i) => entryOf(i + 1)),
        );
        expect(isChain(journalStart(journal.id()), journal.recordsAfter(0))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('resolves an append after its fsync, and shows it then', async () => {
    const { clock, disk, open } = createJournalWorld();
    const journal = await open();
    disk.syncMs = 10;
    let durable = false;
    const appending = journal.append(entryOf(1)).then(() => {
      durable = true;
    });
    await clock.advance(9);
    expect([durable, journal.head().number]).toEqual([false, 0]);
    await clock.advance(1);
    await appending;
    expect(journal.head().number).toBe(1);
  });

  test('keeps what was appended through a power cut', async () => {
    const { disk, open } = createJournalWorld();
    const journal = await open();
    for (let number = 1; number <= 3; number += 1) {
      await journal.append(entryOf(number));
      disk.cutPower();
      expect((await open()).head()).toEqual(journal.head());
    }
  });

  test('makes durable what a killed process left unsynced, before anyone hears of it', async () => {
    const { clock, disk, open } = createJournalWorld();
    const killed = await open();
    disk.syncMs = 10;
    void killed.append(entryOf(1));
    await clock.advance(5);
    disk.syncMs = 0;
    expect((await open()).head().number).toBe(1);
    disk.cutPower();
    expect((await open()).head().number).toBe(1);
  });

  test('refuses to be appended to when it is closed', async () => {
    const journal = await createJournalWorld().open();
    await journal.close();
    await expect(journal.append(entryOf(1))).rejects.toMatchObject({ code: 'closed' });
    await expect(journal.replace()).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('a power cut in the middle of a first start', () => {
  test.each(['write', 'syncFile', 'rename', 'syncFolder'] as const)(
    'at any %s leaves nothing that a later start stumbles over',
    async (at) => {
      for (let nth = 1; nth <= 2; nth += 1) {
        const { disk, open } = createJournalWorld();
        let count = 0;
        disk.before = (call) => {
          if (call === at) count += 1;
          if (call === at && count === nth) throw new Error('power cut');
        };
        await expect(open()).rejects.toThrow('power cut');
        disk.before = () => {};
        disk.cutPower();
        const journal = await open();
        await journal.append(entryOf(1));
        expect((await open()).head()).toEqual(journal.head());
      }
    },
  );
});

describe('an acknowledgement', () => {
  test('is remembered through a restart', async () => {
    const world = await writtenJournal(4);
    const journal = await world.open();
    const [, second] = journal.recordsAfter(0);
    expect(journal.acknowledge({ number: 2, hash: second?.hash ?? '' })).toBe(true);
    await journal.append(entryOf(5));
    expect((await world.open()).acknowledged()).toEqual({ number: 2, hash: second?.hash });
  });

  test('that can not be kept breaks nothing, and is known again by the next one that can', async () => {
    const world = await writtenJournal(2);
    const journal = await world.open();
    world.disk.before = (call, file) => {
      if (call !== 'rename' || !file.startsWith('standing.json')) return;
      throw Object.assign(new Error('EPERM: a virus scanner holds it'), { code: 'EPERM' });
    };
    expect(journal.acknowledge(journal.head())).toBe(true);
    await journal.append(entryOf(3));
    expect(journal.brokenBy()).toBeNull();
    world.disk.before = () => {};
    await journal.close();
    expect((await world.open()).acknowledged()?.number).toBe(2);
  });

  test('is kept now and then, and at the end', async () => {
    const world = await writtenJournal(100);
    const journal = await world.open();
    let replaced = 0;
    world.disk.before = (call, file) => {
      if (call === 'rename' && file.startsWith('standing.json')) replaced += 1;
    };
    for (const { number, hash } of journal.recordsAfter(0)) {
      journal.acknowledge({ number, hash });
      await journal.append(entryOf(100 + number));
    }
    expect(replaced).toBe(13);
    await journal.close();
    expect((await world.open()).acknowledged()?.number).toBe(100);
  });

  test('of a position that is not on the chain is refused', async () => {
    const journal = await (await writtenJournal(2)).open();
    expect(journal.acknowledge({ number: 1, hash: 'f'.repeat(64) })).toBe(false);
    expect(journal.acknowledge({ number: 3, hash: 'f'.repeat(64) })).toBe(false);
    expect(journal.acknowledge(journalStart(journal.id()))).toBe(true);
  });

  test('never goes back', async () => {
    const journal = await (await writtenJournal(2)).open();
    journal.acknowledge(journal.head());
    expect(journal.acknowledge(journalStart(journal.id()))).toBe(true);
    expect(journal.acknowledged()).toEqual(journal.head());
  });
});

describe('a journal that is replaced', () => {
  test('stays as evidence, and another begins at once', async () => {
    const world = await writtenJournal(3);
    const before = world.disk.bytes(world.file());
    const file = world.file();
    const journal = await world.open();
    const old = journal.id();
    journal.acknowledge(journal.head());
    await journal.replace();
    expect(journal.id()).not.toBe(old);
    expect([journal.head(), journal.acknowledged()]).toEqual([journalStart(journal.id()), null]);
    await journal.append(entryOf(1));
    world.disk.cutPower();
    const again = await world.open();
    expect([again.id(), again.head()]).toEqual([journal.id(), journal.head()]);
    expect(world.disk.bytes(file)).toEqual(before);
  });

  test('waits for the appends before it, and those behind it go to the new one', async () => {
    const world = createJournalWorld();
    const journal = await world.open();
    await Promise.all([journal.append(entryOf(1)), journal.replace(), journal.append(entryOf(3))]);
    expect(journal.recordsAfter(0).map(({ entry }) => entry)).toEqual([entryOf(3)]);
  });

  test('is either the old or the new one when the power is cut in between', async () => {
    for (let nth = 1; nth <= 10; nth += 1) {
      const world = await writtenJournal(2);
      const journal = await world.open();
      let count = 0;
      world.disk.before = () => {
        count += 1;
        if (count >= nth) throw new Error('power cut');
      };
      const old = journal.id();
      const replaced = await journal.replace().then(
        () => true,
        () => false,
      );
      world.disk.before = () => {};
      world.disk.cutPower();
      const again = await world.open();
      expect(again.head().number).toBe(again.id() === old ? 2 : 0);
      if (replaced) expect(again.id()).not.toBe(old);
    }
  });
});

describe('a disk that fails', () => {
  test.each(['append', 'syncFile'] as const)('at %s breaks the journal for this process', async (at) => {
    const { disk, open } = await writtenJournal(2);
    const journal = await open();
    disk.before = (call) => {
      if (call === at) throw new Error('EIO: i/o error');
    };
    const [first, second] = await Promise.allSettled([journal.append(entryOf(3)), journal.append(entryOf(4))]);
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'broken' } });
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'broken' } });
    disk.before = () => {};
    await expect(journal.append(entryOf(3))).rejects.toMatchObject({ code: 'broken' });
    expect(await journal.whenBroken()).toBe(journal.brokenBy());
    expect(journal.brokenBy()?.message).toContain('EIO');
    expect(journal.head().number).toBe(2);
    await journal.close();

    const again = await open();
    expect(again.head().number).toBe(at === 'append' ? 2 : 3);
    await again.append(entryOf(again.head().number + 1));
  });

  test('in the middle of an append leaves a torn tail, which the next start cuts off', async () => {
    const world = await writtenJournal(2);
    const journal = await world.open();
    const { append } = world.disk;
    Object.assign(world.disk, {
      append: async (file: string, bytes: Uint8Array) => {
        await append(file, bytes.subarray(0, 100));
        throw new Error('ENOSPC');
      },
    });
    await expect(journal.append(entryOf(3))).rejects.toMatchObject({ code: 'broken' });
    Object.assign(world.disk, { append });
    const again = await world.open();
    expect(again.head().number).toBe(2);
    await again.append(entryOf(3));
    expect((await world.open()).head()).toEqual(again.head());
  });
});

describe('a long journal', () => {
  const detail = 'x'.repeat(200);
  /** More records than fit into a segment: the shortest of these takes 400 bytes. */
  const perSegment = Math.ceil(JOURNAL_LIMITS.segmentBytes / 400);

  test('goes on in another file, and is read as one', async () => {
    const world = createJournalWorld();
    const journal = await world.open();
    for (let number = 1; number <= perSegment; number += 1) await journal.append(entryOf(number, detail));
    expect(world.disk.files().filter((file) => file.endsWith('.journal')).length).toBeGreaterThan(1);
    const again = await world.open();
    expect(again.head()).toEqual(journal.head());
    expect(isChain(journalStart(journal.id()), again.recordsAfter(0))).toBe(true);
  });
});

test('a folder whose standing.json is gone while records are there is not guessed at', async () => {
  const world = await writtenJournal(2);
  await world.disk.remove(STANDING_FILE);
  await expect(world.open()).rejects.toMatchObject({ code: 'damaged' });
});

test('a folder whose journal file is gone is not guessed at', async () => {
  const world = await writtenJournal(2);
  await world.disk.remove(world.file());
  await expect(world.open()).rejects.toMatchObject({
    code: 'damaged',
    message: expect.stringContaining('Move the journal folder away'),
  });
});
