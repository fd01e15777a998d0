import type { LinkTerms } from '../../domain/one-time-link.ts';
import type { Session, SessionOf } from '../../domain/session.ts';
import { ownerKeyId } from '../../queries/current-caller.ts';
import { findLink } from '../../queries/find-link.ts';
import { knownHolder } from '../../queries/find-session.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';
import { offerLink, voidLink } from '../property/one-time-link.ts';
import { beginSession, logOf, type OpenedSession } from './session.ts';

export interface OfferSignInLink extends LinkTerms {
  readonly of: SessionOf;
  readonly now: number;
}

/**
 * Makes the one link by which this member or person signs in once. Whoever runs the server makes it, so that it ends with the owner's
 * key. No endpoint does: who lets themselves in as somebody else must change their password, which that one notices.
 */
export function offerSignInLink(
  tx: Tx,
  { of, now, ...terms }: OfferSignInLink,
): { readonly verdict: 'offered'; readonly expiresAt: number } | { readonly verdict: 'not-found' } {
  const by = ownerKeyId(tx);
  if (by === null || knownHolder(tx, of) === null) return { verdict: 'not-found' };
  const actor = 'operator';
  offerLink(tx, { to: 'sign-in', of }, terms, { actor, by, from: 'here' }, now);
  const { expiresAt } = terms;
  const whose = of.kind === 'member' ? { member: of.memberId } : { person: of.personId };
  audit(tx, {
    propertyId: logOf(of),
    at: now,
    action: 'sign-in-link-created',
    actor,
    details: { ...whose, expiresAt },
  });
  return { verdict: 'offered', expiresAt };
}

export interface OpenByLink extends Pick<Session, 'id' | 'lookup' | 'secretHash' | 'from' | 'client'> {
  readonly token: string;
  readonly now: number;
}

/** Opens a session by a link, which uses it up. It stands for the password alone: a second factor is asked for as ever. */
export function openByLink(
  tx: Tx,
  { token, ...given }: OpenByLink,
): Extract<OpenedSession, { verdict: 'opened' }> | { readonly verdict: 'link-over' } {
  const link = findLink(tx, { token, now: given.now });
  if (link?.use.to !== 'sign-in') return { verdict: 'link-over' };
  voidLink(tx, link.use);
  return beginSession(tx, { ...given, of: link.use.of }, { link: true });
}
