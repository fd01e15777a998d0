import { type OneTimeLink, opens } from '../domain/one-time-link.ts';
import { lookupOfKind } from '../domain/token.ts';
import type { ReadTx } from '../store/store.ts';

/** The link that a token opens now; null where it is wrong, used up, expired or void. These are told apart by nobody. */
export function findLink(
  tx: ReadTx,
  { token, now }: { readonly token: string; readonly now: number },
): OneTimeLink | null {
  const lookup = lookupOfKind('link', token);
  const [link] = lookup === null ? [] : tx.find('links', 'byLookup', [lookup], { limit: 1 });
  if (link === undefined || !opens(link, token, now)) return null;
  const { use } = link;
  return tx.get('members', use.propertyId, use.memberId)?.active === true ? link : null;
}
