import {
  type JournalEntry,
  type JournalId,
  type JournalPosition,
  type JournalRecord,
  journalStart,
  type Nonce,
  nextRecord,
} from '@keyrack/protocol';
import type { Clock } from '../clock.ts';
import type { Disk } from './disk.ts';
import { frameLine } from './framed-line.ts';
import { JournalError } from './journal-error.ts';
import { keepProgress } from './journal-progress.ts';
import { beginJournal, beginSegment, recordsOf, recoverJournal } from './recover-journal.ts';

export const JOURNAL_LIMITS = {
  /** A segment that has grown to this many bytes is followed by a new one: about 1,700 records. */
  segmentBytes: 1024 * 1024,
  /**
   * Acknowledged records are kept this long (docs/desk-pc.md, "The journal"): a server that was restored from a backup of
   * that age can still be told everything.
   */
  keptMs: 30 * 24 * 3_600_000,
  /**
   * How many more records the server must have before the acknowledgement is written to the disk. Losing it costs
   * nothing: the next connect tells it again. Writing it each time would replace a file that a virus scanner may have
   * open.
   */
  acknowledgedEvery: 8,
} as const;
export type JournalLimits = Readonly<Record<keyof typeof JOURNAL_LIMITS, number>>;

/**
 * The agent's durable memory of what it did to cards: numbered, hash-chained, append-only. All calls but `append`,
 * `replace` and `close` answer at once, from memory, with what is durable; the records of the last 30 days fit
 * there (about 20 MB at a thousand operations a day).
 */
export interface Journal {
  readonly id: () => JournalId;
  /** Behind the last durable record. */
  readonly head: () => JournalPosition;
  /** The furthest position of this journal that the server is known to have had; null until it had one. */
  readonly acknowledged: () => JournalPosition | null;
  /** Whether that position lies on this chain, as far as its records are kept. */
  readonly contains: (position: JournalPosition) => boolean;
  /** Every kept record with a higher number, in order. */
  readonly recordsAfter: (number: number) => readonly JournalRecord[];
  /** Whether a kept record names that nonce. */
  readonly mentions: (nonce: Nonce) => boolean;
  /** Why nothing more is appended by this process; null while all is well. */
  readonly brokenBy: () => JournalError | null;
  /** Resolves when the journal breaks, if ever. */
  readonly whenBroken: () => Promise<JournalError>;
  /**
   * Resolves when the record is durable. Calls queue up. A call that fails breaks the journal for this process: the record
   * may or may not be found on the disk at the next start.
   * @throws JournalError broken, closed
   */
  readonly append: (entry: JournalEntry) => Promise<JournalRecord>;
  /**
   * Notes what the server has; it is made durable now and then and at the end, and lost at worst. False when the
   * position isn't on this chain: nothing is noted. A position behind an earlier one changes nothing.
   */
  readonly acknowledge: (position: JournalPosition) => boolean;
  /**
   * Sets this journal aside, where its files stay as evidence, and begins a new one with a new id.
   * @throws JournalError broken, closed
   */
  readonly replace: () => Promise<void>;
  /** Waits for what is under way. Every later append fails. */
  readonly close: () => Promise<void>;
}

export interface JournalParts {
  readonly disk: Disk;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => JournalId;
  /** Other limits, for tests that can't write a megabyte. */
  readonly limits?: JournalLimits | undefined;
}

/**
 * Opens the folder's journal, or begins one.
 * @throws JournalError damaged, newer, broken
 */
export async function openJournal({ disk, clock, newId, limits = JOURNAL_LIMITS }: JournalParts): Promise<Journal> {
  const found = await recoverJournal(disk, newId).catch((error: unknown) => {
    if (error instanceof JournalError) throw error;
    throw new JournalError('broken', `The journal can't be opened: ${messageOf(error)}.`);
  });
  let id = found.journal;
  let acknowledged = found.acknowledged;
  let records = recordsOf(found);
  let base = found.segments[0]?.continues ?? journalStart(id);
  let segments = found.segments.map((segment) => ({
    file: segment.file,
    continues: segment.continues,
    bytes: segment.bytes,
  }));
  let broken: JournalError | null = null;
  let tellBroken: (error: JournalError) => void = () => {};
  const whenBroken = new Promise<JournalError>((resolve) => {
    tellBroken = resolve;
  });
  let closed = false;
  let kept = acknowledged;
  let keeping = false;
  /** Up to where it was last tried to keep. */
  let tried = acknowledged?.number ?? Number.NEGATIVE_INFINITY;
  let queue: Promise<unknown> = Promise.resolve();

  const head = (): JournalPosition => {
    const last = records.at(-1);
    return last === undefined ? base : { number: last.number, hash: last.hash };
  };
  const at = (number: number) => records[number - base.number - 1];

  /** Runs after everything before it, unless the journal is broken by then; what it throws breaks the journal. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = queue.then(async () => {
      if (broken !== null) throw broken;
      try {
        return await act();
      } catch (error) {
        broken = new JournalError('broken', `The journal can't be written: ${messageOf(error)}.`);
        tellBroken(broken);
        throw broken;
      }
    });
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function append(entry: JournalEntry): Promise<JournalRecord> {
    await makeRoom();
    const record = nextRecord(head(), Math.max(0, Math.floor(clock.now())), entry);
    const line = frameLine(record);
    const segment = segments.at(-1);
    if (segment === undefined) throw new Error('a journal without a segment');
    await disk.append(segment.file, line);
    await disk.syncFile(segment.file);
    segment.bytes += line.length;
    records.push(record);
    return record;
  }

  /** Begins a new segment behind a full one, and takes away the oldest ones that nobody can ask for any more. */
  async function makeRoom(): Promise<void> {
    if ((segments.at(-1)?.bytes ?? 0) < limits.segmentBytes) return;
    segments.push(await beginSegment(disk, id, head()));
    // What is removed must count as acknowledged at the next start as well.
    if (acknowledged?.number !== kept?.number && !(await keepAcknowledged())) return;
    for (let next = segments[1]; next !== undefined && isOutdated(next.continues.number); next = segments[1]) {
      const [oldest] = segments;
      // Another program may have it open for long. It stays, and so do all newer ones: no segment may be missing in
      // between.
      if (oldest === undefined || !(await isRemoved(oldest.file))) return;
      segments.splice(0, 1);
      records = records.slice(next.continues.number - base.number);
      base = next.continues;
    }
  }

  async function isRemoved(file: string): Promise<boolean> {
    return disk.remove(file).then(
      () => true,
      () => false,
    );
  }

  /** Whether it is durable. A hint that can't be kept breaks nothing: a disk that takes nothing fails the next append. */
  async function keepAcknowledged(): Promise<boolean> {
    const position = acknowledged;
    tried = position?.number ?? tried;
    try {
      await keepProgress(disk, { journal: id, acknowledged: position });
      kept = position;
      return true;
    } catch {
      return false;
    }
  }

  /** By the wall clock. A wrong one removes old records early or late, and no decision rests on those. */
  function isOutdated(number: number): boolean {
    const last = at(number);
    return last !== undefined && number <= (acknowledged?.number ?? 0) && last.at < clock.now() - limits.keptMs;
  }

  function contains({ number, hash }: JournalPosition): boolean {
    return number === base.number ? hash === base.hash : at(number)?.hash === hash;
  }

  return {
    id: () => id,
    head,
    acknowledged: () => acknowledged,
    contains,
    recordsAfter: (number) => records.slice(Math.max(0, number - base.number)),
    mentions: (nonce) => records.some(({ entry }) => entry.nonce === nonce),
    brokenBy: () => broken,
    whenBroken: () => whenBroken,
    append: (entry) => (closed ? Promise.reject(closedError()) : inTurn(() => append(entry))),
    acknowledge: (position) => {
      if (!contains(position)) return false;
      if (position.number < (acknowledged?.number ?? -1)) return true;
      acknowledged = position;
      if (position.number - tried >= limits.acknowledgedEvery && !keeping && !closed && broken === null) {
        keeping = true;
        const keep = inTurn(async () => {
          keeping = false;
          await keepAcknowledged();
        });
        // Where an append breaks the journal meanwhile, whoever appended hears of it.
        keep.catch(() => undefined);
      }
      return true;
    },
    replace: () => {
      if (closed) return Promise.reject(closedError());
      return inTurn(async () => {
        const begun = await beginJournal(disk, newId());
        id = begun.journal;
        acknowledged = null;
        kept = null;
        tried = Number.NEGATIVE_INFINITY;
        records = [];
        base = journalStart(id);
        segments = begun.segments.map(({ file, continues, bytes }) => ({ file, continues, bytes }));
      });
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await queue;
      if (broken === null && acknowledged?.number !== kept?.number) await keepAcknowledged();
      await disk.close();
    },
  };
}

function closedError(): JournalError {
  return new JournalError('closed', 'The journal is closed.');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
