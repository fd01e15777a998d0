import { type AuditLink, INSTALLATION } from '../domain/audit.ts';
import type { ListedProperty, VerifiedPage } from '../queries/verify-audit-page.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Read } from '../runtime/runner.ts';

export interface AuditCheck {
  readonly property: string;
  readonly records: number;
  /** The first record that doesn't follow from the one before, or null. */
  readonly brokenAt: number | null;
  /** Hash of the last record: compare it with one that was noted elsewhere, to know that none was cut off at the end. */
  readonly head: string | null;
}

/** What the pauses between pages are timed by. */
export type PauseClock = Pick<Clock, 'monotonic' | 'setTimeout'>;

/**
 * Proves the audit log of every property, in pages. After each it pauses for as long as that took, so that card work has at
 * least half of the processor. Each page follows the last record of the one before. So the log is proved up to the head that
 * is told, which may be one that was added meanwhile.
 */
export async function verifyAudit(read: Read, clock: PauseClock): Promise<AuditCheck[]> {
  const checks: AuditCheck[] = [];
  for (let after: string | null = null; ; ) {
    const properties: readonly ListedProperty[] = await read('listProperties', { after });
    for (const { id, number } of properties) checks.push(await verifyProperty(read, clock, id, number));
    const last = properties.at(-1);
    if (last === undefined) {
      // It has none before somebody changed what concerns the whole installation.
      const installation = await verifyProperty(read, clock, INSTALLATION, INSTALLATION);
      return installation.records === 0 ? checks : [...checks, installation];
    }
    after = last.id;
  }
}

async function verifyProperty(
  read: Read,
  clock: PauseClock,
  propertyId: string,
  property: string,
): Promise<AuditCheck> {
  const { records, brokenAt, head } = await verifyAuditPart(read, clock, { propertyId, after: null });
  return { property, records, brokenAt, head: head?.hash ?? null };
}

export interface AuditPart {
  readonly propertyId: string;
  /** The record before it; null for the beginning. */
  readonly after: AuditLink | null;
  /** How many pages it has at most; all that are left unless told. */
  readonly pages?: number;
  /** Nobody waits for it any more. */
  readonly hungUp?: AbortSignal;
}

/** Proves a part of one log, as `verifyAudit` does the whole. */
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
