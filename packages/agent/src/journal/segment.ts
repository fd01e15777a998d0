import {
  isChain,
  type JournalId,
  type JournalPosition,
  type JournalRecord,
  journalId,
  journalPosition,
  journalRecord,
  journalStart,
} from '@keyrack/protocol';
import { z } from 'zod';
import { isOfNewer } from '../newer-file.ts';
import { frameLine, readFramedLines } from './framed-line.ts';
import { JournalError } from './journal-error.ts';

/**
 * A journal lies in one file or several, its segments, named `ID.NUMBER.journal` after its id and the number of the
 * record before the segment. The first line says which journal it is and from which position it continues; every other
 * line is one record. Old segments may be missing: the first one that is there says where the chain goes on.
 */

/**
 * The format of segments and of `standing.json`. A change of meaning is a new version, which older programs leave alone.
 */
export const JOURNAL_FORMAT = 1;

const segmentHead = z.strictObject({
  type: z.literal('journal'),
  version: z.literal(JOURNAL_FORMAT),
  journal: journalId,
  continues: journalPosition,
});

export interface Segment {
  readonly file: string;
  readonly continues: JournalPosition;
  readonly records: readonly JournalRecord[];
  /** Bytes up to the end of the last whole record. */
  readonly bytes: number;
  /** An append that never became durable follows these bytes. */
  readonly torn: boolean;
}

/** Digits of the number in a file's name, so that names sort like numbers. */
const DIGITS = 12;

export function segmentFile(journal: JournalId, continues: JournalPosition): string {
  return `${journal}.${String(continues.number).padStart(DIGITS, '0')}.journal`;
}

const SEGMENT_FILE = new RegExp(`^([0-9a-f-]{36})\\.(\\d{${DIGITS}})\\.journal$`);

/** The segments of that journal among the files of a folder, oldest first. */
export function segmentsOf(journal: JournalId, files: readonly string[]): string[] {
  return files.filter((file) => SEGMENT_FILE.exec(file)?.[1] === journal).sort();
}

export function isSegmentFile(file: string): boolean {
  return SEGMENT_FILE.test(file);
}

/** @throws JournalError newer, when what was read says that it was written in a later format */
export function refuseNewerFormat(file: string, value: unknown): void {
  if (!isOfNewer(value, JOURNAL_FORMAT)) return;
  throw new JournalError('newer', `The journal's ${file} was written by a newer version of the agent.`);
}

/** The first line of a new segment. */
export function segmentHeadLine(journal: JournalId, continues: JournalPosition): Uint8Array {
  return frameLine({ type: 'journal', version: JOURNAL_FORMAT, journal, continues });
}

/**
 * Reads a segment and checks every record and the chain through it.
 * @throws JournalError damaged, newer
 */
export function readSegment(file: string, journal: JournalId, bytes: Uint8Array): Segment {
  const { lines, rest } = readFramedLines(bytes);
  const damaged = (what: string) => new JournalError('damaged', `The journal file ${file} is damaged: ${what}.`);
  const [first, ...others] = lines;
  refuseNewerFormat(file, first?.value);
  if (rest === 'damage') throw damaged(`line ${lines.length + 1} is not what was written`);

  const head = segmentHead.safeParse(first?.value);
  if (!head.success) throw damaged('it does not begin as a journal does');
  const { continues } = head.data;
  if (head.data.journal !== journal || segmentFile(journal, continues) !== file) throw damaged('it belongs elsewhere');
  if (continues.number === 0 && continues.hash !== journalStart(journal).hash) throw damaged('its start is wrong');

  const records = others.map(({ value }, index) => {
    const record = journalRecord.safeParse(value);
    if (!record.success) throw damaged(`line ${index + 2} is no record`);
    return record.data;
  });
  if (!isChain(continues, records)) throw damaged('its hash chain is broken');
  return { file, continues, records, bytes: lines.at(-1)?.end ?? 0, torn: rest === 'torn' };
}

/** The position behind the segment's last record. */
export function endOf({ continues, records }: Segment): JournalPosition {
  const last = records.at(-1);
  return last === undefined ? continues : { number: last.number, hash: last.hash };
}
