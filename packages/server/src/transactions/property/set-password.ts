import type { Doer } from '../../domain/caller.ts';
import type { Member, PasswordLink } from '../../domain/people.ts';
import { findPasswordLink } from '../../queries/find-password-link.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { type EndedSignIn, endSignInOf } from './sign-in.ts';

interface Change {
  readonly propertyId: string;
  readonly memberId: string;
  readonly doer: Doer;
  readonly now: number;
}

export type SetPassword =
  /** `signedOut`: where the member was signed in with the old one until now. */
  { readonly verdict: 'set'; readonly signedOut: EndedSignIn | null } | { readonly verdict: 'not-found' };

/** Gives a member another password, and ends what the old one began. A link that was still open is void. */
export function setPassword(
  tx: Tx,
  { propertyId, memberId, passwordHash, doer, now }: Change & Pick<Member, 'passwordHash'>,
): SetPassword {
  const member = tx.get('members', propertyId, memberId);
  if (member === undefined) return { verdict: 'not-found' };
  tx.put('members', { ...member, passwordHash, version: member.version + 1 });
  tx.remove('passwordLinks', propertyId, memberId);
  auditOf(tx, doer, { propertyId, at: now, action: 'member-password-set', details: { member: memberId } });
  return { verdict: 'set', signedOut: endSignInOf(tx, member, 'password-changed', doer, now) };
}

export interface OfferPasswordLink extends Change, Omit<PasswordLink, 'propertyId' | 'memberId'> {}

/** Makes the one link by which this member can set their password; one from before is void. */
export function offerPasswordLink(
  tx: Tx,
  { propertyId, memberId, lookup, tokenHash, expiresAt, doer, now }: OfferPasswordLink,
): { readonly verdict: 'offered'; readonly expiresAt: number } | { readonly verdict: 'not-found' | 'member-inactive' } {
  const member = tx.get('members', propertyId, memberId);
  if (member === undefined) return { verdict: 'not-found' };
  if (!member.active) return { verdict: 'member-inactive' };
  tx.put('passwordLinks', { propertyId, memberId, lookup, tokenHash, expiresAt });
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

/** Sets the password of the member whose link this is, and uses the link up. Wrong, used and expired read the same. */
export function usePasswordLink(
  tx: Tx,
  { token, passwordHash, from, now }: UsePasswordLink,
): Extract<SetPassword, { verdict: 'set' }> | { readonly verdict: 'wrong-token' } {
  const link = findPasswordLink(tx, { token, now });
  if (link === null) return { verdict: 'wrong-token' };
  const { propertyId, id: memberId } = link.member;
  const doer = { actor: `member ${memberId}`, by: 'password-link', from };
  const set = setPassword(tx, { propertyId, memberId, passwordHash, doer, now });
  return set.verdict === 'set' ? set : { verdict: 'wrong-token' };
}
