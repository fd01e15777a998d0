import type { Doer } from '../../domain/caller.ts';
import { mayActAs } from '../../domain/give-rights.ts';
import type { LinkTerms } from '../../domain/one-time-link.ts';
import { rightsOf } from '../../queries/current-caller.ts';
import { findLink } from '../../queries/find-link.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { setPersonPassword } from '../people/person-password.ts';
import { offerLink } from './one-time-link.ts';
import { type SetPassword, setPassword } from './set-password.ts';

export interface OfferPasswordLink extends LinkTerms {
  readonly propertyId: string;
  readonly memberId: string;
  readonly doer: Doer;
  readonly now: number;
}

/** Makes the one link by which this member can set their password. */
export function offerPasswordLink(
  tx: Tx,
  { propertyId, memberId, doer, now, ...terms }: OfferPasswordLink,
):
  | { readonly verdict: 'offered'; readonly expiresAt: number }
  | { readonly verdict: 'not-found' | 'member-inactive' | 'gives-too-much' } {
  const member = tx.get('members', propertyId, memberId);
  if (member === undefined) return { verdict: 'not-found' };
  if (!member.active) return { verdict: 'member-inactive' };
  // Whoever has the link can act as this member.
  if (!mayActAs(rightsOf(tx, doer, propertyId, now), member)) return { verdict: 'gives-too-much' };
  offerLink(tx, { to: 'set-password', propertyId, memberId }, terms, doer, now);
  const { expiresAt } = terms;
  const details = { member: memberId, expiresAt };
  auditOf(tx, doer, { propertyId, at: now, action: 'password-link-created', details });
  return { verdict: 'offered', expiresAt };
}

export interface UsePasswordLink {
  readonly token: string;
  readonly passwordHash: string;
  /** The address that it came from. */
  readonly from: string;
  readonly now: number;
}

/** Sets the password of the member or person whose link this is, which uses it up. Wrong, used and expired read the same. */
export function usePasswordLink(
  tx: Tx,
  { token, passwordHash, from, now }: UsePasswordLink,
): Extract<SetPassword, { verdict: 'set' }> | { readonly verdict: 'wrong-token' } {
  const link = findLink(tx, { token, now });
  if (link?.use.to === 'set-person-password') {
    const { personId } = link.use;
    const doer = { actor: `person ${personId}`, by: 'password-link', from };
    const { verdict } = setPersonPassword(tx, { personId, passwordHash, doer, now });
    return verdict === 'set' ? { verdict, signedOut: null } : { verdict: 'wrong-token' };
  }
  if (link?.use.to !== 'set-password') return { verdict: 'wrong-token' };
  const { propertyId, memberId } = link.use;
  const doer = { actor: `member ${memberId}`, by: 'password-link', from };
  const set = setPassword(tx, { propertyId, memberId, passwordHash, doer, now });
  return set.verdict === 'set' ? set : { verdict: 'wrong-token' };
}
