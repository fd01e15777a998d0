import { type JournalId, type JournalPosition, type JournalRecord, journalStart } from '@keyrack/protocol';
import { type Disk, placeFile, UNFINISHED } from './disk.ts';
import { JournalError } from './journal-error.ts';
import { type JournalProgress, keepProgress, readProgress } from './journal-progress.ts';
import {
  endOf,
  isSegmentFile,
  readSegment,
  type Segment,
  segmentFile,
  segmentHeadLine,
  segmentsOf,
} from './segment.ts';

/** A journal as it lies on the disk. */
export interface JournalOnDisk extends JournalProgress {
  /** Oldest first; at least one. Appends go to the last. */
  readonly segments: readonly Segment[];
}

/**
 * Reads the folder's journal, or begins one in an empty folder. An append that was interrupted is cut off: its record
 * was never durable, so nothing was done on its strength. Anything else that is wrong stops here, unchanged.
 * @throws JournalError damaged, newer
 * @throws the disk's error
 */
export async function recoverJournal(disk: Disk, newId: () => JournalId): Promise<JournalOnDisk> {
  const files = await disk.list();
  for (const file of files) if (file.endsWith(UNFINISHED)) await disk.remove(file);

  const found = await readJournal(disk);
  if (found === null) return beginJournal(disk, newId());
  const { journal, acknowledged } = found;
  const segments = [...found.segments];
  const last = segments.pop();
  if (last === undefined) throw new Error('a journal without a segment');
  segments.push(last.torn ? await cutTail(disk, last) : last);
  // A process that was killed may have left bytes that are seen but not yet durable; the server will be told of them.
  await disk.syncFile(last.file);
  // Tries whether the disk takes anything, before the server counts on it: on a full one nothing is begun.
  await keepProgress(disk, { journal, acknowledged });
  return { journal, acknowledged, segments };
}

/**
 * Reads the folder's journal as it lies there, and changes nothing. The last segment may have a torn end; null when
 * there is none yet.
 * @throws JournalError damaged, newer
 * @throws the disk's error
 */
export async function readJournal(disk: Disk): Promise<JournalOnDisk | null> {
  const progress = await readProgress(disk);
  const files = await disk.list();
  if (progress === null) {
    await refuseOrphans(disk, files);
    return null;
  }
  const { journal, acknowledged } = progress;
  const segments: Segment[] = [];
  for (const file of segmentsOf(journal, files)) {
    const segment = readSegment(file, journal, (await disk.read(file)) ?? new Uint8Array());
    const before = segments.at(-1);
    if (before !== undefined) requireSeam(before, segment);
    segments.push(segment);
  }
  const last = segments.at(-1);
  if (last === undefined) throw new JournalError('damaged', `The journal ${journal} is gone.`);
  if (last.torn) refuseLostTail(last, acknowledged);
  return { journal, acknowledged, segments };
}

/** Makes the first segment of a new journal, and then that journal the one in use. Older ones stay as evidence. */
export async function beginJournal(disk: Disk, journal: JournalId): Promise<JournalOnDisk> {
  const segment = await beginSegment(disk, journal, journalStart(journal));
  await keepProgress(disk, { journal, acknowledged: null });
  return { journal, acknowledged: null, segments: [segment] };
}

/** Makes an empty segment that continues from that position. Its first line is never torn. */
export async function beginSegment(disk: Disk, journal: JournalId, continues: JournalPosition): Promise<Segment> {
  const file = segmentFile(journal, continues);
  const head = segmentHeadLine(journal, continues);
  await placeFile(disk, file, head);
  return { file, continues, records: [], bytes: head.length, torn: false };
}

export function recordsOf({ segments }: JournalOnDisk): JournalRecord[] {
  return segments.flatMap((segment) => segment.records);
}

/**
 * Without `standing.json`, a journal with records was in use and lost its position, so it isn't continued. An empty one
 * is left by a first start that died between making the segment and that file.
 */
async function refuseOrphans(disk: Disk, files: readonly string[]): Promise<void> {
  for (const file of files.filter(isSegmentFile)) {
    const bytes = (await disk.read(file)) ?? new Uint8Array();
    const { records, torn } = readSegment(file, file.slice(0, 36) as JournalId, bytes);
    if (records.length > 0 || torn)
      throw new JournalError('damaged', `Nothing says whether the journal ${file} counts.`);
  }
}

function requireSeam(before: Segment, after: Segment): void {
  const end = endOf(before);
  if (!before.torn && end.number === after.continues.number && end.hash === after.continues.hash) return;
  throw new JournalError('damaged', `The journal file ${after.file} does not continue ${before.file}.`);
}

function refuseLostTail(segment: Segment, acknowledged: JournalPosition | null): void {
  if (acknowledged === null || acknowledged.number <= endOf(segment).number) return;
  const lost = `record ${acknowledged.number}, which the server has, can't be read`;
  throw new JournalError('damaged', `The journal file ${segment.file} is damaged: ${lost}.`);
}

async function cutTail(disk: Disk, segment: Segment): Promise<Segment> {
  const whole = (await disk.read(segment.file))?.subarray(0, segment.bytes) ?? new Uint8Array();
  await placeFile(disk, segment.file, whole);
  return { ...segment, torn: false };
}
