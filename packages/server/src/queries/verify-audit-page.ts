import { type AuditLink, firstBrokenLink } from '../domain/audit.ts';
import type { ReadTx } from '../store/store.ts';

/** Records that are verified in one query, so that others get their turn before the next ones. */
const RECORDS_OF_A_PAGE = 500;

/** A part of a property's audit log, verified. */
export interface VerifiedPage {
  readonly records: number;
  /** The first record that doesn't follow from the one before, or null. */
  readonly brokenAt: number | null;
  /** The last record, where the next page goes on; null in an empty log. */
  readonly head: AuditLink | null;
  readonly isLast: boolean;
}

/** Proves the part of a property's audit log that follows a record; from its beginning for null. */
export function verifyAuditPage(
  tx: ReadTx,
  { propertyId, after }: { readonly propertyId: string; readonly after: AuditLink | null },
): VerifiedPage {
  const from = (after?.number ?? 0) + 1;
  const begin = after === null ? {} : { from };
  const records = tx.find('audit', 'key', [propertyId], { ...begin, limit: RECORDS_OF_A_PAGE });
  const last = records.at(-1);
  return {
    records: records.length,
    brokenAt: firstBrokenLink(records, after),
    head: last === undefined ? after : { number: last.number, hash: last.hash },
    isLast: records.length < RECORDS_OF_A_PAGE,
  };
}
