import type { RecordsPage, RecordsPosition, RecordsQuery, RoomRecord } from '../queries/list-records-page.ts';
import type { Read } from '../runtime/runner.ts';

/** Most records that one answer has (docs/room-card-api.md, queryByRoom). */
export const RECORDS_LIMIT = 1_000;

/**
 * A room's history, newest first, at most so many; null when there is no such room. It is read in pages, between which
 * others get their turn. What is added meanwhile stands before the first page, and isn't told.
 */
export async function listRecords(read: Read, query: RecordsQuery): Promise<RoomRecord[] | null> {
  const records: RoomRecord[] = [];
  let after: RecordsPosition | null = null;
  do {
    const page: RecordsPage | null = await read('listRecordsPage', { ...query, after });
    if (page === null) return null;
    records.push(...page.records);
    after = page.next;
  } while (after !== null && records.length < RECORDS_LIMIT);
  return records.slice(0, RECORDS_LIMIT);
}
