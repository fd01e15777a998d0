import { mayActAs } from '../domain/give-rights.ts';
import { type OneTimeLink, opens } from '../domain/one-time-link.ts';
import { lookupOfKind } from '../domain/token.ts';
import type { ReadTx } from '../store/store.ts';
import { rightsOfMaker } from './current-caller.ts';
import { knownHolder } from './find-session.ts';

/**
 * The link that a token opens now; null where it is wrong, used up, expired or void. These are told apart by nobody. Whoever may no
 * longer make it, since they left or since its member may do more than they, has none that opens.
 */
export function findLink(
  tx: ReadTx,
  { token, now }: { readonly token: string; readonly now: number },
): OneTimeLink | null {
  const lookup = lookupOfKind('link', token);
  const [link] = lookup === null ? [] : tx.find('links', 'byLookup', [lookup], { limit: 1 });
  return link !== undefined && opens(link, token, now) && mayBeUsed(tx, link, now) ? link : null;
}

function mayBeUsed(tx: ReadTx, { use, madeBy }: OneTimeLink, now: number): boolean {
  if (madeBy === null) return false;
  switch (use.to) {
    case 'set-password':
    case 'join': {
      const { propertyId, memberId } = use;
      const member = tx.get('members', propertyId, memberId);
      const rights = rightsOfMaker(tx, madeBy, 'members.write', propertyId, now);
      return member?.active === true && rights.has('members.write') && mayActAs(rights, member);
    }
    case 'sign-in':
      return (
        knownHolder(tx, use.of) !== null &&
        rightsOfMaker(tx, madeBy, 'installation.owner', null, now).has('installation.owner')
      );
    case 'own':
      return rightsOfMaker(tx, madeBy, 'installation.owner', null, now).has('installation.owner');
    case 'set-person-password':
      return (
        tx.get('persons', use.personId) !== undefined &&
        rightsOfMaker(tx, madeBy, 'installation.owner', null, now).has('installation.owner')
      );
  }
}
