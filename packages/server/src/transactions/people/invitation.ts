import { INSTALLATION } from '../../domain/audit.ts';
import type { Doer } from '../../domain/caller.ts';
import { mayActAs } from '../../domain/give-rights.ts';
import type { LinkTerms, LinkUse } from '../../domain/one-time-link.ts';
import { factsOfPerson, type Person, type PersonFacts } from '../../domain/person.ts';
import { asksForFactor } from '../../domain/second-factor.ts';
import type { Session } from '../../domain/session.ts';
import { rightsOf } from '../../queries/current-caller.ts';
import { findLink } from '../../queries/find-link.ts';
import { membershipsOf } from '../../queries/persons.ts';
import { factorsOf } from '../../queries/second-factors.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { offerLink, voidLink } from '../property/one-time-link.ts';
import { endSessionsOf, openSession } from './session.ts';

interface Change {
  readonly doer: Doer;
  readonly now: number;
}

interface OfMember extends Change {
  readonly propertyId: string;
  readonly memberId: string;
}

export type Invited =
  | { readonly verdict: 'invited'; readonly expiresAt: number }
  | { readonly verdict: 'not-found' | 'member-inactive' | 'member-joined' | 'gives-too-much' };

/** Makes the one link by which a person takes on this membership. */
export function inviteMember(tx: Tx, { propertyId, memberId, doer, now, ...terms }: OfMember & LinkTerms): Invited {
  const member = tx.get('members', propertyId, memberId);
  if (member === undefined) return { verdict: 'not-found' };
  if (!member.active) return { verdict: 'member-inactive' };
  if (tx.get('joinedMembers', propertyId, memberId) !== undefined) return { verdict: 'member-joined' };
  // Whoever has the invitation can act as this member.
  if (!mayActAs(rightsOf(tx, doer, propertyId, now), member)) return { verdict: 'gives-too-much' };
  offerLink(tx, { to: 'join', propertyId, memberId }, terms, doer, now);
  const { expiresAt } = terms;
  auditOf(tx, doer, { propertyId, at: now, action: 'member-invited', details: { member: memberId, expiresAt } });
  return { verdict: 'invited', expiresAt };
}

/** Makes the one link by which a person comes to own the installation. */
export function inviteOwner(
  tx: Tx,
  { doer, now, ...terms }: Change & LinkTerms,
): { readonly verdict: 'invited'; readonly expiresAt: number } {
  offerLink(tx, { to: 'own' }, terms, doer, now);
  const { expiresAt } = terms;
  auditOf(tx, doer, { propertyId: INSTALLATION, at: now, action: 'owner-invited', details: { expiresAt } });
  return { verdict: 'invited', expiresAt };
}

export function revokeInvitation(tx: Tx, { propertyId, memberId, doer, now }: OfMember): 'revoked' | 'not-found' {
  if (tx.get('members', propertyId, memberId) === undefined) return 'not-found';
  voidLink(tx, { to: 'join', propertyId, memberId });
  auditOf(tx, doer, { propertyId, at: now, action: 'invitation-revoked', details: { member: memberId } });
  return 'revoked';
}

export type Joined =
  | { readonly verdict: 'joined'; readonly person: PersonFacts }
  /** `invitation-over`: it is wrong, used, expired or void. `already-there`: they have another place at this property. */
  | { readonly verdict: 'invitation-over' | 'already-there' };

/** Lets a person take on what an invitation offers, which uses it up. */
export function joinMembership(
  tx: Tx,
  { token, personId, doer, now }: Change & { readonly token: string; readonly personId: string },
): Joined {
  const link = findLink(tx, { token, now });
  const person = tx.get('persons', personId);
  if (link === null || person === undefined) return { verdict: 'invitation-over' };
  return takeOn(tx, person, link.use, doer, now);
}

export interface CreatePerson extends Omit<Person, 'owner' | 'version' | 'createdAt'> {
  readonly token: string;
  /** A session that is opened with it; null for none. */
  readonly session: Pick<Session, 'id' | 'lookup' | 'secretHash' | 'client'> | null;
  readonly from: string;
  readonly now: number;
}

/** Makes a person by an invitation, which they take on with it. Nobody becomes a person in another way. */
export function createPerson(
  tx: Tx,
  { token, session, from, now, ...given }: CreatePerson,
): Joined | { readonly verdict: 'phone-taken' | 'email-taken' } {
  const link = findLink(tx, { token, now });
  if (link === null || (link.use.to !== 'join' && link.use.to !== 'own')) return { verdict: 'invitation-over' };
  const { areaCode, mobile, email } = given;
  // Before the names: whoever has no invitation learns nothing of who there is.
  if (mobile !== null && tx.find('persons', 'byMobile', [areaCode, mobile], { limit: 1 }).length > 0)
    return { verdict: 'phone-taken' };
  if (email !== null && tx.find('persons', 'byEmail', [email], { limit: 1 }).length > 0)
    return { verdict: 'email-taken' };
  const person: Person = { ...given, owner: false, version: 1, createdAt: now };
  tx.put('persons', person);
  const doer = { actor: `person ${person.id}`, by: 'invitation', from };
  auditOf(tx, doer, { propertyId: INSTALLATION, at: now, action: 'person-created', details: { person: person.id } });
  const joined = takeOn(tx, person, link.use, doer, now);
  if (session === null || joined.verdict !== 'joined') return joined;
  const { version } = tx.get('persons', person.id) ?? person;
  openSession(tx, { ...session, of: { kind: 'person', personId: person.id }, version, from, now });
  return joined;
}

function takeOn(tx: Tx, person: Person, use: LinkUse, doer: Doer, now: number): Joined {
  switch (use.to) {
    case 'join': {
      const { propertyId, memberId } = use;
      if (tx.get('joinedMembers', propertyId, memberId) !== undefined) return { verdict: 'invitation-over' };
      if (membershipsOf(tx, person.id).some((each) => each.propertyId === propertyId))
        return { verdict: 'already-there' };
      tx.put('joinedMembers', { propertyId, memberId, personId: person.id, at: now });
      // From now on the way through this membership asks for their factor.
      if (asksForFactor(factorsOf(tx, { personId: person.id })))
        endSessionsOf(tx, { kind: 'member', propertyId, memberId });
      voidLink(tx, use);
      const details = { member: memberId, person: person.id };
      auditOf(tx, doer, { propertyId, at: now, action: 'member-joined', details });
      return { verdict: 'joined', person: factsOfPerson(person) };
    }
    case 'own': {
      const owner = { ...person, owner: true, version: person.version + 1 };
      tx.put('persons', owner);
      voidLink(tx, use);
      auditOf(tx, doer, { propertyId: INSTALLATION, at: now, action: 'owner-joined', details: { person: person.id } });
      return { verdict: 'joined', person: factsOfPerson(owner) };
    }
    default:
      return { verdict: 'invitation-over' };
  }
}

/** Takes a membership from the person who joined it: their sign-in leads there no longer. */
export function removeMemberPerson(tx: Tx, { propertyId, memberId, doer, now }: OfMember): 'removed' | 'not-found' {
  const joined = tx.get('joinedMembers', propertyId, memberId);
  if (joined === undefined) return 'not-found';
  tx.remove('joinedMembers', propertyId, memberId);
  const details = { member: memberId, person: joined.personId };
  auditOf(tx, doer, { propertyId, at: now, action: 'member-left', details });
  return 'removed';
}

/** Ends that a person owns the installation. The key in the data folder stays. */
export function removeOwner(
  tx: Tx,
  { personId, doer, now }: Change & { readonly personId: string },
): 'removed' | 'not-found' {
  const person = tx.get('persons', personId);
  if (person === undefined) return 'not-found';
  tx.put('persons', { ...person, owner: false, version: person.version + 1 });
  auditOf(tx, doer, { propertyId: INSTALLATION, at: now, action: 'owner-removed', details: { person: personId } });
  return 'removed';
}
