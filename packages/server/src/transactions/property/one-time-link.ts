import type { Doer } from '../../domain/caller.ts';
import { type LinkTerms, type LinkUse, subjectOf } from '../../domain/one-time-link.ts';
import { makerBy } from '../../queries/current-caller.ts';
import type { Tx } from '../../store/store.ts';

/** Expired links that each new one removes: more than one, so that they don't pile up. */
const REMOVED_AT_ONCE = 20;

/** Makes the one link for this use; one from before is void. */
export function offerLink(tx: Tx, use: LinkUse, terms: LinkTerms, { by }: Doer, now: number): void {
  for (const { subject } of tx.find('links', 'byEnd', [], { before: now, limit: REMOVED_AT_ONCE }))
    tx.remove('links', subject);
  tx.put('links', { subject: subjectOf(use), use, ...terms, madeBy: makerBy(tx, by) });
}

export function voidLink(tx: Tx, use: LinkUse): void {
  tx.remove('links', subjectOf(use));
}
