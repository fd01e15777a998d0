import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryOf, writtenJournal } from '../testing/journal-world.ts';
import { JournalError } from './journal-error.ts';

const RECORDS = 3;

/** The bytes of a journal with three records, and where each line ends. */
async function lines() {
  const world = await writtenJournal(RECORDS);
  const bytes = world.disk.bytes(world.file());
  const ends = [...bytes.keys()].filter((at) => bytes[at] === 10).map((at) => at + 1);
  return { bytes, ends };
}

describe('a torn tail', () => {
  test('is cut off, wherever it was torn, and the journal goes on behind the last whole record', async () => {
    const { bytes, ends } = await lines();
    const [, , beforeLast = 0] = ends;
    for (let length = beforeLast; length <= bytes.length; length += 1) {
      const world = await writtenJournal(RECORDS);
      world.disk.tamper(world.file(), (all) => all.subarray(0, length));
      const journal = await world.open();
      const whole = length === bytes.length ? RECORDS : RECORDS - 1;
      expect(journal.head().number).toBe(whole);
      await journal.append(entryOf(whole + 1));
      const again = await world.open();
      expect(again.head()).toEqual(journal.head());
    }
  });

  test('may have lost its middle, or be zeros', async () => {
    const { bytes, ends } = await lines();
    const [, , beforeLast = 0] = ends;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: beforeLast, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: bytes.length }),
        async (from, length) => {
          const world = await writtenJournal(RECORDS);
          world.disk.tamper(world.file(), (all) => all.fill(0, from, Math.min(all.length, from + length)));
          expect((await world.open()).head().number).toBe(RECORDS - 1);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of a record that the server has is damage', async () => {
    const world = await writtenJournal(RECORDS);
    const journal = await world.open();
    journal.acknowledge(journal.head());
    await journal.close();
    world.disk.tamper(world.file(), (all) => all.subarray(0, all.length - 5));
    await expect(world.open()).rejects.toMatchObject({ code: 'damaged', message: expect.stringContaining('record 3') });
  });
});

describe('damage in the middle', () => {
  test('stops the start and changes nothing, whichever byte it is', async () => {
    const { bytes, ends } = await lines();
    const [, , beforeLast = 0] = ends;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: beforeLast - 2 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const world = await writtenJournal(RECORDS);
          const damaged = bytes.slice();
          damaged[at] = (damaged[at] ?? 0) ^ flip;
          world.disk.tamper(world.file(), () => damaged);
          await expect(world.open()).rejects.toBeInstanceOf(JournalError);
          expect(world.disk.bytes(world.file())).toEqual(damaged);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('that joins the last two lines is not taken for a torn one', async () => {
    const { ends } = await lines();
    const world = await writtenJournal(RECORDS);
    world.disk.tamper(world.file(), (all) => all.fill(32, (ends[2] ?? 0) - 1, ends[2]));
    await expect(world.open()).rejects.toMatchObject({ code: 'damaged' });
  });

  test('that leaves every line whole is noticed by the chain', async () => {
    const { ends } = await lines();
    const world = await writtenJournal(RECORDS);
    world.disk.tamper(world.file(), (all) => Buffer.concat([all.subarray(0, ends[1]), all.subarray(ends[2])]));
    await expect(world.open()).rejects.toMatchObject({ code: 'damaged', message: expect.stringContaining('chain') });
  });

  test('in a file that another one continues is never a torn tail', async () => {
    const world = await writtenJournal(RECORDS);
    const journal = await world.open();
    const next = world.file().replace(/\.0+\./, '.000000000003.');
    const head = JSON.stringify({ type: 'journal', version: 1, journal: journal.id(), continues: journal.head() });
    const { frameLine } = await import('./framed-line.ts');
    await world.disk.write(next, frameLine(JSON.parse(head)));
    expect((await world.open()).head()).toEqual(journal.head());
    world.disk.tamper(world.file(), (all) => all.subarray(0, all.length - 5));
    await expect(world.open()).rejects.toMatchObject({ code: 'damaged', message: expect.stringContaining('continue') });
  });
});

test('whatever a journal file holds, opening it ends with a journal or a JournalError', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 0, max: 2_000 }), async (junk, at) => {
      const world = await writtenJournal(RECORDS);
      world.disk.tamper(world.file(), (all) =>
        Buffer.concat([all.subarray(0, at), junk, all.subarray(at + junk.length)]),
      );
      const opened = await world.open().catch((error: unknown) => error);
      if (opened instanceof Error) expect(opened).toBeInstanceOf(JournalError);
    }),
    { numRuns: 200 },
  );
});
