import type { Doer } from '../../domain/caller.ts';
import { mayActAs } from '../../domain/give-rights.ts';
import type { Member } from '../../domain/people.ts';
import { rightsOf } from '../../queries/current-caller.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { endSessionsOf } from '../people/session.ts';
import { voidLink } from './one-time-link.ts';
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
  endSessionsOf(tx, { kind: 'member', propertyId, memberId });
  voidLink(tx, { to: 'set-password', propertyId, memberId });
  voidLink(tx, { to: 'sign-in', of: { kind: 'member', propertyId, memberId } });
  auditOf(tx, doer, { propertyId, at: now, action: 'member-password-set', details: { member: memberId } });
  return { verdict: 'set', signedOut: endSignInOf(tx, member, 'password-changed', doer, now) };
}

/** The same by somebody else, who could act as this member then. So they may do no more than whoever sets it. */
export function resetPassword(
  tx: Tx,
  input: Change & Pick<Member, 'passwordHash'>,
): SetPassword | { readonly verdict: 'gives-too-much' } {
  const { propertyId, memberId, doer, now } = input;
  const member = tx.get('members', propertyId, memberId);
  if (member !== undefined && !mayActAs(rightsOf(tx, doer, propertyId, now), member))
    return { verdict: 'gives-too-much' };
  return setPassword(tx, input);
}
