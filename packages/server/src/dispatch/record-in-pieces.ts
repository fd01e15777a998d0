import type { JournalEntry, JournalRecord, Nonce } from '@keyrack/protocol';
import type { RecordPieceResult } from '../transactions/journal/record-piece.ts';

/** Records these, of which some of `unfinished` are writes without a result. Null: nobody wants it any more. */
export type RecordThese = (
  records: readonly JournalRecord[],
  unfinished: readonly Nonce[],
) => Promise<RecordPieceResult | null>;

export type Rest =
  /** What is left for the last transaction: at most one piece, or what can't be taken apart. */
  | { readonly verdict: 'rest'; readonly records: readonly JournalRecord[] }
  | Exclude<RecordPieceResult, { readonly verdict: 'recorded' | 'no-chain' }>
  | null;

/**
 * Records all but the last `most` records, piece by piece. A piece whose first write stays open moves nothing: then it
 * is tried with twice as many records.
 */
export async function recordInPieces(
  records: readonly JournalRecord[],
  most: number,
  unfinishedWrites: ReadonlySet<Nonce>,
  record: RecordThese,
): Promise<Rest> {
  const isUnfinished = (entry: JournalEntry) => entry.type === 'write' && unfinishedWrites.has(entry.nonce);
  let rest = records;
  let size = most;
  while (rest.length > size) {
    const piece = rest.slice(0, size);
    const unfinished = piece.flatMap(({ entry }) => (isUnfinished(entry) ? [entry.nonce] : []));
    const result = await record(piece, unfinished);
    // The last transaction finds the same, and tells what it means.
    if (result?.verdict === 'no-chain') break;
    if (result?.verdict !== 'recorded') return result;
    const { number } = result.position;
    const left = rest.filter((each) => each.number > number);
    size = left.length < rest.length ? most : size * 2;
    rest = left;
  }
  return { verdict: 'rest', records: rest };
}
