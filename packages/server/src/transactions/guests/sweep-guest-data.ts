import { GUEST_DATA } from '../../domain/limits.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';
import { forgetHolder } from './forget-holder.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Where the sweep goes on: at this property once more, or behind it; null at the end. */
export type SweepPosition = { readonly at: string } | { readonly behind: string };

/**
 * Deletes some of the data of guests whose stay has been over for as long as their property keeps it: one step of a sweep over all
 * properties. What is being issued is left.
 *
 * Any number of nodes may run it: what one has deleted, another doesn't find.
 */
export function sweepGuestData(
  tx: Tx,
  { position, now }: { readonly position: SweepPosition | null; readonly now: number },
): { readonly next: SweepPosition | null; readonly deleted: number } {
  const from =
    position === null ? {} : 'at' in position ? { from: position.at } : { after: { propertyId: position.behind } };
  const [rule] = tx.find('guestRules', 'key', [], { ...from, limit: 1 });
  if (rule === undefined) return { next: null, deleted: 0 };
  const { propertyId, keptDays } = rule;
  if (keptDays === null) return { next: { behind: propertyId }, deleted: 0 };
  const before = now - keptDays * DAY_MS;
  const found = tx.find('cardRecords', 'keptByEnd', [propertyId], { before, limit: GUEST_DATA.atOnce });
  const over = found.filter(({ status }) => status !== 'pending');
  for (const record of over) forgetHolder(tx, record);
  if (over.length > 0) {
    const details = { records: over.length, why: 'time-over' };
    audit(tx, { propertyId, at: now, action: 'guest-data-deleted', actor: 'server', details });
  }
  // Those that are left because they are pending would be found again and again.
  const isMore = found.length === GUEST_DATA.atOnce && over.length > 0;
  return { next: isMore ? { at: propertyId } : { behind: propertyId }, deleted: over.length };
}
