import { type Clock, JournalError, openJournal } from '@keyrack/agent';
import { frameLine, readFramedLines } from '@keyrack/agent/journal/framed-line.ts';
import { createMemoryDisk } from '@keyrack/agent/testing/memory-disk.ts';
import { BLANK, type JournalEntry, type JournalId } from '@keyrack/protocol';
import type { Chance } from '../../faults/chance.ts';
import { mutateBytes, mutateValue, type Pool } from '../mutate.ts';
import type { Target } from '../target.ts';

const JOURNAL = '0f0e0d0c-0b0a-4908-8706-050403020100' as JournalId;
const OTHER = '1f0e0d0c-0b0a-4908-8706-050403020100' as JournalId;

const clock: Clock = {
  now: () => 1_790_000_000_000,
  monotonic: () => 0,
  setTimeout: () => ({}),
  clearTimeout: () => {},
};

type Files = ReadonlyMap<string, Uint8Array>;

/** A journal of four writes with their results, and what the server has of it. */
async function validFiles(): Promise<Files> {
  const disk = createMemoryDisk(clock);
  const journal = await openJournal({ disk, clock, newId: () => JOURNAL });
  for (let i = 0; i < 4; i += 1) for (const entry of entries(i)) await journal.append(entry);
  journal.acknowledge(journal.head());
  await journal.close();
  return new Map(disk.files().map((file) => [file, disk.bytes(file).slice()]));
}

function entries(i: number): JournalEntry[] {
  const operation = `01900000-0000-7000-8000-00000000000${i}` as JournalEntry['operation'];
  const nonce = `02900000-0000-4000-8000-00000000000${i}` as JournalEntry['nonce'];
  const serial = '04A1B2C3D4E5F6' as Extract<JournalEntry, { type: 'write' }>['serial'];
  return [
    { type: 'write', operation, nonce, serial, before: BLANK, target: BLANK },
    { type: 'result', operation, nonce, outcome: 'damaged', detail: 'read back as something else' },
  ];
}

/** Changes one file: its bytes, or the values in its lines, with right lengths and checksums. */
function change(chance: Chance, pool: Pool, files: Files): Map<string, Uint8Array> {
  const changed = new Map(files);
  const name = chance.of([...files.keys()]);
  const bytes = files.get(name) ?? new Uint8Array();
  if (chance.one(0.1)) {
    changed.delete(name);
    if (chance.one(0.5)) changed.set(name.replace(JOURNAL, OTHER), bytes);
  } else if (name.endsWith('.journal') && chance.one(0.5)) {
    const lines = readFramedLines(bytes).lines.map(({ value }) => value);
    const at = chance.whole(0, lines.length - 1);
    switch (chance.whole(0, 3)) {
      case 0:
        lines.splice(at, 1);
        break;
      case 1:
        lines.splice(at, 0, lines[chance.whole(0, lines.length - 1)]);
        break;
      default:
        lines[at] = mutateValue(chance, pool, lines[at]);
    }
    changed.set(name, Buffer.concat(lines.map(frameIfItFits)));
  } else {
    changed.set(name, mutateBytes(chance, pool, bytes));
  }
  return changed;
}

function frameIfItFits(value: unknown): Uint8Array {
  try {
    return frameLine(value);
  } catch {
    return Buffer.from(`${JSON.stringify(value)}\n`);
  }
}

/** Journal files. A journal that opens after all must take a record, and open again with it. */
export async function journals(pool: Pool): Promise<Target> {
  const valid = await validFiles();
  return {
    name: 'journal files',
    lanes: 1,
    where: 'within',
    slowMs: 1_000,
    next(chance) {
      const files = change(chance, pool, valid);
      const shown = [...files].map(([name, bytes]) => `${name}\n${Buffer.from(bytes).toString('latin1')}`).join('\n');
      return {
        shown,
        async feed() {
          const disk = createMemoryDisk(clock);
          for (const [name, bytes] of files) await disk.write(name, bytes);
          const open = () => openJournal({ disk, clock, newId: () => JOURNAL });
          const journal = await open().catch((error: unknown) => {
            if (error instanceof JournalError) return null;
            throw error;
          });
          if (journal === null) return undefined;
          const [write] = entries(9);
          if (write === undefined) return undefined;
          const { number, hash } = await journal.append(write);
          await journal.close();
          const again = await open();
          if (!again.contains({ number, hash })) throw new Error(`record ${number} is not there any more`);
          return undefined;
        },
      };
    },
    close: async () => {},
  };
}
