import type { JournalEntry, JournalRecord, Nonce } from '@keyrack/protocol';
import type { RecordPieceResult } from '../transactions/journal/record-piece.ts';

/** Records one piece. `unfinished` are its writes that never get a result. Null where the session is over. */
export type RecordThese = (
  records: readonly JournalRecord[],
  unfinished: readonly Nonce[],
) => Promise<RecordPieceResult | null>;

export type Rest =
  /** The records left for the last transaction: one piece at most, or records that can't be separated. */
  | { readonly verdict: 'rest'; readonly records: readonly JournalRecord[] }
  | Exclude<RecordPieceResult, { readonly verdict: 'recorded' | 'no-chain' }>
  | null;

/**
 * Records all but the last `most` records, piece by piece. The server's cursor can't pass a write without its result, so a
 * piece may move nothing: then the next try takes twice as many records.
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
    // The last transaction finds the same break in the chain, and decides what follows from it.
    if (result?.verdict === 'no-chain') break;
    if (result?.verdict !== 'recorded') return result;
    const { number } = result.position;
    const left = rest.filter((each) => each.number > number);
    size = left.length < rest.length ? most : size * 2;
    rest = left;
  }
  return { verdict: 'rest', records: rest };
}
