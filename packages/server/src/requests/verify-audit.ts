import type { AuditLink } from '../domain/audit.ts';
import type { VerifiedPage } from '../queries/verify-audit-page.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Read } from '../runtime/runner.ts';

/** What the pauses between pages are timed by. */
export type PauseClock = Pick<Clock, 'monotonic' | 'setTimeout'>;

export interface AuditPart {
  readonly propertyId: string;
  /** The record before it; null for the beginning. */
  readonly after: AuditLink | null;
  /** How many pages it has at most; all that are left unless told. */
  readonly pages?: number;
  /** Nobody waits for it any more. */
  readonly hungUp?: AbortSignal;
}

/**
 * Proves a part of an audit log, in pages. After each it pauses for as long as that took, so that card work has at least half
 * of the processor. Each page follows the last record of the one before. So the log is proved up to the head that is told,
 * which may be one that was added meanwhile.
 */
export async function verifyAuditPart(
  read: Read,
  clock: PauseClock,
  { propertyId, after: first, pages = Number.POSITIVE_INFINITY, hungUp }: AuditPart,
): Promise<VerifiedPage> {
  let records = 0;
  let brokenAt: number | null = null;
  let after = first;
  for (let page = 1; ; page += 1) {
    const began = clock.monotonic();
    const proved: VerifiedPage = await read('verifyAuditPage', { propertyId, after });
    records += proved.records;
    brokenAt ??= proved.brokenAt;
    after = proved.head;
    if (proved.isLast || page >= pages || hungUp?.aborted === true)
      return { records, brokenAt, head: after, isLast: proved.isLast };
    await pause(clock, clock.monotonic() - began);
  }
}

function pause(clock: PauseClock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.setTimeout(resolve, ms));
}
