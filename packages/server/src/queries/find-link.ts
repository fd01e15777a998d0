import { type LinkUse, type OneTimeLink, opens } from '../domain/one-time-link.ts';
import { lookupOfKind } from '../domain/token.ts';
import type { ReadTx } from '../store/store.ts';

/** The link that a token opens now; null where it is wrong, used up, expired or void. These are told apart by nobody. */
export function findLink(
  tx: ReadTx,
  { token, now }: { readonly token: string; readonly now: number },
): OneTimeLink | null {
  const lookup = lookupOfKind('link', token);
  const [link] = lookup === null ? [] : tx.find('links', 'byLookup', [lookup], { limit: 1 });
  return link !== undefined && opens(link, token, now) && mayBeUsed(tx, link.use) ? link : null;
}

function mayBeUsed(tx: ReadTx, use: LinkUse): boolean {
  switch (use.to) {
    case 'set-password':
    case 'join':
      return tx.get('members', use.propertyId, use.memberId)?.active === true;
    case 'own':
      return true;
    case 'set-person-password':
      return tx.get('persons', use.personId) !== undefined;
  }
}
