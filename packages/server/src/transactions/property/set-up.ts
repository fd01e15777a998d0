import { INSTALLATION } from '../../domain/audit.ts';
import type { Doer } from '../../domain/caller.ts';
import type { Member } from '../../domain/people.ts';
import { factsOfPerson, type Person, type PersonFacts } from '../../domain/person.ts';
import { factsOf, type Property, type PropertyFacts } from '../../domain/places.ts';
import type { Session } from '../../domain/session.ts';
import { databaseUse } from '../../queries/database-use.ts';
import { isSetUpToken, SET_UP_TOKEN_FACT } from '../../queries/set-up-token.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { beginSession } from '../people/session.ts';

/** Makes this token the only one that may set the database up; false when it is set up already. */
export function offerSetUp(tx: Tx, { tokenHash }: { readonly tokenHash: string }): boolean {
  if (databaseUse(tx, {}) !== 'empty') return false;
  tx.put('facts', { name: SET_UP_TOKEN_FACT, value: tokenHash });
  return true;
}

export interface SetUp {
  readonly tokenHash: string;
  readonly person: Person;
  readonly property: Property;
  /** The place at the property that the person has from the start. */
  readonly member: Member;
  readonly session: Pick<Session, 'id' | 'lookup' | 'secretHash' | 'from' | 'client'>;
  readonly now: number;
}

export type SetUpDone =
  | {
      readonly verdict: 'done';
      readonly person: PersonFacts;
      readonly property: PropertyFacts;
      readonly session: Session;
    }
  | { readonly verdict: 'set-up-over' | 'set-up-refused' };

/**
 * Makes the installation's first owner, their property and their place at it, for whoever holds the token, and signs them in. All of
 * it or nothing: who hears no answer signs in by the password that they chose.
 */
export function setUp(tx: Tx, { tokenHash, person: given, property, member, session: opening, now }: SetUp): SetUpDone {
  if (databaseUse(tx, {}) !== 'empty') return { verdict: 'set-up-over' };
  if (!isSetUpToken(tx, { tokenHash })) return { verdict: 'set-up-refused' };
  tx.remove('facts', SET_UP_TOKEN_FACT);
  const person: Person = { ...given, owner: true, createdAt: now };
  const { id: propertyId, ...facts } = factsOf(property);
  const { id: personId } = person;
  tx.put('persons', person);
  tx.put('properties', property);
  tx.put('members', member);
  tx.put('joinedMembers', { propertyId, memberId: member.id, personId, at: now });
  const doer: Doer = { actor: `person ${personId}`, by: 'set-up', from: opening.from };
  const ofAll = { propertyId: INSTALLATION, at: now, details: { person: personId } };
  const ofProperty = { propertyId, at: now };
  const { role, issuingPermission } = member;
  auditOf(tx, doer, { ...ofAll, action: 'person-created' });
  auditOf(tx, doer, { ...ofAll, action: 'owner-joined' });
  auditOf(tx, doer, { ...ofProperty, action: 'property-created', details: { ...facts, setUp: true } });
  const created = { member: member.id, role, issuingPermission };
  auditOf(tx, doer, { ...ofProperty, action: 'member-created', details: created });
  auditOf(tx, doer, { ...ofProperty, action: 'member-joined', details: { member: member.id, person: personId } });
  const { session } = beginSession(tx, { ...opening, of: { kind: 'person', personId }, now }, { setUp: true });
  return { verdict: 'done', person: factsOfPerson(person), property: factsOf(property), session };
}
