import type { ReadTx } from '../store/store.ts';

/** How many days a property keeps guests' data; null until it is deleted. */
export function guestRule(
  tx: ReadTx,
  { propertyId }: { readonly propertyId: string },
): { readonly keptDays: number | null } {
  return { keptDays: tx.get('guestRules', propertyId)?.keptDays ?? null };
}
