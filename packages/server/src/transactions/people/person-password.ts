import { INSTALLATION } from '../../domain/audit.ts';
import type { Doer } from '../../domain/caller.ts';
import type { LinkTerms } from '../../domain/one-time-link.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { offerLink, voidLink } from '../property/one-time-link.ts';
import { endSessionsOf } from './session.ts';

interface Change {
  readonly personId: string;
  readonly doer: Doer;
  readonly now: number;
}

/** Gives a person another password, and ends every session that the old one opened. */
export function setPersonPassword(
  tx: Tx,
  { personId, passwordHash, doer, now }: Change & { readonly passwordHash: string },
): { readonly verdict: 'set' | 'not-found' } {
  const person = tx.get('persons', personId);
  if (person === undefined) return { verdict: 'not-found' };
  tx.put('persons', { ...person, passwordHash, version: person.version + 1 });
  voidLink(tx, { to: 'set-person-password', personId });
  voidLink(tx, { to: 'sign-in', of: { kind: 'person', personId } });
  endSessionsOf(tx, { kind: 'person', personId });
  auditOf(tx, doer, {
    propertyId: INSTALLATION,
    at: now,
    action: 'person-password-set',
    details: { person: personId },
  });
  return { verdict: 'set' };
}

/** Makes the one link by which a person who is locked out sets their password. */
export function offerPersonPasswordLink(
  tx: Tx,
  { personId, doer, now, ...terms }: Change & LinkTerms,
): { readonly verdict: 'offered'; readonly expiresAt: number } | { readonly verdict: 'not-found' } {
  if (tx.get('persons', personId) === undefined) return { verdict: 'not-found' };
  offerLink(tx, { to: 'set-person-password', personId }, terms, doer, now);
  const details = { person: personId, expiresAt: terms.expiresAt };
  auditOf(tx, doer, { propertyId: INSTALLATION, at: now, action: 'password-link-created', details });
  return { verdict: 'offered', expiresAt: terms.expiresAt };
}
