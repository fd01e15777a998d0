import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isChain, type JournalId, type JournalRecord } from '@keyrack/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryOf } from '../testing/journal-world.ts';
import { createMemoryDisk, type MemoryDisk } from '../testing/memory-disk.ts';
import { createVirtualClock, type VirtualClock } from '../testing/virtual-clock.ts';
import type { Disk } from './disk.ts';
import { folderDisk } from './folder-disk.ts';
import { type Journal, openJournal } from './journal.ts';

/** What happens to a journal over weeks, and how much of it a disk may forget: nothing that the server lacks. */

const DAY = 24 * 3_600_000;
/** Three or four records a segment, so that a few dozen of them come and go. */
const LIMITS = { segmentBytes: 1_500, keptMs: 30 * DAY, acknowledgedEvery: 8 };

/** What a desk's weeks are made of. `acknowledge`: that share of what the server lacks. */
type Event =
  | { readonly type: 'work'; readonly records: number }
  | { readonly type: 'acknowledge'; readonly share: number }
  | { readonly type: 'days'; readonly days: number }
  | { readonly type: 'restart' };

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('work' as const), records: fc.integer({ min: 1, max: 9 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('acknowledge' as const),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('days' as const), days: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const) }) },
);

/** Weeks in which files surely come and go. */
const LONG_WEEKS: readonly Event[] = [
  { type: 'work', records: 9 },
  { type: 'acknowledge', share: 0.6 },
  { type: 'work', records: 5 },
  { type: 'days', days: 31 },
  { type: 'work', records: 6 },
  { type: 'restart' },
  { type: 'acknowledge', share: 1 },
  { type: 'days', days: 20 },
  { type: 'work', records: 9 },
  { type: 'days', days: 31 },
  { type: 'work', records: 9 },
];

/** A disk under a journal that dies at its n-th call: half of an append is done, nothing of another call. */
function dyingAt(disk: Disk, nth: number): { readonly disk: Disk; readonly calls: () => number } {
  let calls = 0;
  const dying = new Proxy(disk, {
    get: (target, name: keyof Disk) => {
      const call = target[name] as (...given: unknown[]) => Promise<unknown>;
      return async (...given: unknown[]) => {
        calls += 1;
        if (calls < nth) return call.apply(target, given);
        if (calls === nth && name === 'append') {
          const [file, bytes] = given as [string, Uint8Array];
          await target.append(file, bytes.subarray(0, bytes.length >> 1));
        }
        throw new Error('the computer died');
      };
    },
  });
  return { disk: dying, calls: () => calls };
}

/** What was promised: records that were durable, and how far the server is known to have them. */
interface Promised {
  readonly records: JournalRecord[];
  acknowledged: number;
}

async function live(events: readonly Event[], disk: Disk, clock: VirtualClock, promised: Promised): Promise<void> {
  const open = async () => check(await openJournal({ disk, clock, newId, limits: LIMITS }), clock, promised);
  let journal = await open();
  for (const each of events) {
    switch (each.type) {
      case 'work':
        for (let count = 0; count < each.records; count += 1) {
          promised.records.push(await journal.append(entryOf(promised.records.length + 1)));
        }
        break;
      case 'acknowledge': {
        const lacking = promised.records.length - promised.acknowledged;
        const upTo = promised.records[promised.acknowledged + Math.floor(each.share * lacking) - 1];
        if (upTo === undefined) break;
        expect(journal.acknowledge({ number: upTo.number, hash: upTo.hash })).toBe(true);
        promised.acknowledged = upTo.number;
        break;
      }
      case 'days':
        await clock.advance(each.days * DAY);
        break;
      case 'restart':
        await journal.close();
        journal = await open();
    }
    check(journal, clock, promised);
  }
  await journal.close();
}

/** Nothing that the server lacks is gone, nor anything of the last thirty days, and the chain is whole. */
function check(journal: Journal, clock: VirtualClock, { records, acknowledged }: Promised): Journal {
  const kept = journal.recordsAfter(0);
  const [first] = kept;
  const recent = records.find(({ number, at }) => number > acknowledged || at >= clock.now() - LIMITS.keptMs);
  if (recent !== undefined) expect(first?.number).toBeLessThanOrEqual(recent.number);
  const promised = first === undefined ? [] : records.slice(first.number - 1);
  expect(kept.slice(0, promised.length)).toEqual(promised);
  // A record that was being written when the computer died may be there too.
  expect(kept.length - promised.length).toBeLessThanOrEqual(1);
  const before = first === undefined ? undefined : records[first.number - 2];
  if (before !== undefined) expect(isChain({ number: before.number, hash: before.hash }, kept)).toBe(true);
  expect(journal.acknowledged()?.number ?? 0).toBeLessThanOrEqual(acknowledged);
  return journal;
}

let ids = 0;
function newId(): JournalId {
  ids += 1;
  return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}` as JournalId;
}

const files = async (disk: Disk) => (await disk.list()).filter((file) => file.endsWith('.journal'));

/** Lives until the disk dies at its n-th call, and begins again on what is left. Tells how many calls there were. */
async function dieAndGoOn(
  events: readonly Event[],
  nth: number,
  { disk, clock, cutPower }: { disk: Disk; clock: VirtualClock; cutPower: () => void },
): Promise<number> {
  const promised: Promised = { records: [], acknowledged: 0 };
  const dying = dyingAt(disk, nth);
  const died = await live(events, dying.disk, clock, promised).then(
    () => false,
    (error: Error) => {
      if (!error.message.includes('the computer died')) throw error;
      return true;
    },
  );
  if (died) cutPower();
  const again = check(await openJournal({ disk, clock, newId, limits: LIMITS }), clock, promised);
  // What was being written may count now, and is taken as promised from here on.
  promised.records.splice(0, Number.POSITIVE_INFINITY, ...withTail(promised.records, again.recordsAfter(0)));
  await again.close();
  await live([{ type: 'work', records: 5 }, { type: 'restart' }], disk, clock, promised);
  return dying.calls();
}

function withTail(promised: readonly JournalRecord[], kept: readonly JournalRecord[]): JournalRecord[] {
  return [...promised, ...kept.filter(({ number }) => number > promised.length)];
}

function memory(): { disk: MemoryDisk; clock: VirtualClock; cutPower: () => void } {
  const clock = createVirtualClock();
  const disk = createMemoryDisk(clock);
  return { disk, clock, cutPower: disk.cutPower };
}

describe('whatever happens, no record is lost that the server lacks', () => {
  test('in weeks of any kind, with the death of the computer at any call to the disk', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 14 }), fc.nat({ max: 250 }), async (events, nth) => {
        await dieAndGoOn(events, nth, memory());
      }),
      { numRuns: 150 },
    );
  });

  test('in long weeks, with the death of the computer at each call to the disk', async () => {
    const calls = await dieAndGoOn(LONG_WEEKS, Number.POSITIVE_INFINITY, memory());
    expect(calls).toBeGreaterThan(100);
    for (let nth = 1; nth <= calls; nth += 1) {
      await dieAndGoOn(LONG_WEEKS, nth, memory());
      // As when the process alone is killed: what wasn't synced is there.
      await dieAndGoOn(LONG_WEEKS, nth, { ...memory(), cutPower: () => {} });
    }
  });

  test('on a real disk, with the death of the process at any call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 10 }), fc.nat({ max: 200 }), async (events, nth) => {
        const folder = mkdtempSync(join(tmpdir(), 'keyrack-journal-'));
        try {
          const disk = await folderDisk(folder);
          await dieAndGoOn(events, nth, { disk, clock: createVirtualClock(), cutPower: () => {} });
        } finally {
          rmSync(folder, { recursive: true });
        }
      }),
      { numRuns: 15 },
    );
  });
});

test('what the server has had for thirty days makes room', async () => {
  const { disk, clock } = memory();
  const promised: Promised = { records: [], acknowledged: 0 };
  await live(LONG_WEEKS, disk, clock, promised);
  const left = (await files(disk)).length;
  expect(left).toBeLessThan(8);
  const kept = (await openJournal({ disk, clock, newId, limits: LIMITS })).recordsAfter(0);
  expect(kept[0]?.number).toBeGreaterThan(14);

  // The same weeks, but for the acknowledgements.
  const notAcknowledged = memory();
  const work = LONG_WEEKS.filter(({ type }) => type !== 'acknowledge');
  await live(work, notAcknowledged.disk, notAcknowledged.clock, { records: [], acknowledged: 0 });
  expect((await files(notAcknowledged.disk)).length).toBeGreaterThan(left);
});

test('a journal of a newer format is left as it is', async () => {
  const { disk, clock } = memory();
  await live([{ type: 'work', records: 5 }], disk, clock, { records: [], acknowledged: 0 });
  const open = () => openJournal({ disk, clock, newId });
  const standing = disk.bytes('standing.json');
  disk.tamper('standing.json', () => Buffer.from('{"version":2,"how":"otherwise"}'));
  const before = new Map(disk.files().map((file) => [file, disk.bytes(file)]));
  await expect(open()).rejects.toMatchObject({ code: 'newer', message: expect.stringContaining('Update this agent') });
  expect(new Map(disk.files().map((file) => [file, disk.bytes(file)]))).toEqual(before);
  disk.tamper('standing.json', () => standing);
  await open();
});
