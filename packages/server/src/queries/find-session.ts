import type { Member } from '../domain/people.ts';
import { factsOfPerson, type PersonFacts } from '../domain/person.ts';
import type { Session, SessionOf } from '../domain/session.ts';
import type { ReadTx } from '../store/store.ts';
import { membershipsOf } from './persons.ts';

/** A session with whom it is for, as they are now. */
export type KnownSession = KnownHolder & { readonly session: Session };

/** The session that a token names, expired or not. Null where there is none, or nobody whom it is for. */
export function findSession(tx: ReadTx, { lookup }: { readonly lookup: string }): KnownSession | null {
  return knownSession(tx, tx.find('sessions', 'byLookup', [lookup], { limit: 1 })[0]);
}

export function knownSession(tx: ReadTx, session: Session | undefined): KnownSession | null {
  const known = session === undefined ? null : knownHolder(tx, session.of);
  return session === undefined || known === null ? null : { ...known, session };
}

/** Whom a session is for, or would be. */
export type KnownHolder =
  | { readonly kind: 'member'; readonly member: Member }
  | { readonly kind: 'person'; readonly person: PersonFacts; readonly memberships: readonly Member[] };

/** Who somebody is now; null where there is nobody, or who isn't active any more. */
export function knownHolder(tx: ReadTx, of: SessionOf): KnownHolder | null {
  if (of.kind === 'member') {
    const member = tx.get('members', of.propertyId, of.memberId);
    return member?.active ? { kind: 'member', member } : null;
  }
  const person = tx.get('persons', of.personId);
  if (person === undefined) return null;
  return { kind: 'person', person: factsOfPerson(person), memberships: membershipsOf(tx, person.id) };
}

/** The sessions of one member or person, the newest first, also those whose time is over. */
export function sessionsOf(tx: ReadTx, { subject }: { readonly subject: string }): Session[] {
  return tx.find('sessions', 'bySubject', [subject]).toReversed();
}
