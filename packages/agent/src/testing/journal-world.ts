import { BLANK, type JournalEntry, type JournalId, type Nonce, type OperationId, type Serial } from '@keyrack/protocol';
import { keyedContent } from '../encoder/testing/one-card.ts';
import { type Journal, openJournal } from '../journal/index.ts';
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts';
import { seededRandomness } from './seeded-randomness.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

/** The entry that a test journals as its `number`-th: writes and results in turn. */
export function entryOf(number: number, detail = ''): JournalEntry {
  const nonce = `00000000-0000-4000-8000-${String((number + 1) >> 1).padStart(12, '0')}` as Nonce;
  const operation = nonce as string as OperationId;
  return number % 2 === 1
    ? { type: 'write', operation, nonce, serial: '04AA' as Serial, before: keyedContent(number), target: BLANK }
    : { type: 'result', operation, nonce, outcome: 'succeeded', ...(detail && { detail }) };
}

export interface JournalWorld {
  readonly clock: VirtualClock;
  readonly disk: MemoryDisk;
  open(): Promise<Journal>;
  /** The one file with records. */
  file(): string;
}

export function createJournalWorld(): JournalWorld {
  const clock = createVirtualClock();
  const disk = createMemoryDisk(clock);
  const random = seededRandomness('journal');
  return {
    clock,
    disk,
    open: () => openJournal({ disk, clock, newId: () => random.uuid() as JournalId }),
    file: () => {
      const [file] = disk.files().filter((name) => name.endsWith('.journal'));
      if (file === undefined) throw new Error('no journal file');
      return file;
    },
  };
}

/** A journal with that many records, closed again. */
export async function writtenJournal(records: number, detail = ''): Promise<JournalWorld> {
  const world = createJournalWorld();
  const journal = await world.open();
  for (let number = 1; number <= records; number += 1) await journal.append(entryOf(number, detail));
  await journal.close();
  return world;
}
