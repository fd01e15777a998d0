import { isItsToken, lookupOfLink } from '../domain/password-link.ts';
import type { Member } from '../domain/people.ts';
import type { ReadTx } from '../store/store.ts';

/** Whose password a token lets its bearer set; null where it is wrong, used up or expired, or the member isn't active. */
export function findPasswordLink(
  tx: ReadTx,
  { token, now }: { readonly token: string; readonly now: number },
): { readonly member: Member; readonly property: string } | null {
  const lookup = lookupOfLink(token);
  if (lookup === null) return null;
  const [link] = tx.find('passwordLinks', 'byLookup', [lookup], { limit: 1 });
  if (link === undefined || now >= link.expiresAt || !isItsToken(link, token)) return null;
  const member = tx.get('members', link.propertyId, link.memberId);
  const property = tx.get('properties', link.propertyId);
  return member?.active && property !== undefined ? { member, property: property.name } : null;
}
