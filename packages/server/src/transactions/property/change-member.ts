import type { Doer } from '../../domain/caller.ts';
import { isKnown, type KnownTags } from '../../domain/entity-tag.ts';
import { mayGive } from '../../domain/give-rights.ts';
import { factsOfMember, type Member, type MemberFacts, newMember, worksWithCards } from '../../domain/people.ts';
import { rightsOf } from '../../queries/current-caller.ts';
import { findMember } from '../../queries/find-member.ts';
import { type SeenMember, seenMember } from '../../queries/members-page.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { endSessionsOf } from '../people/session.ts';
import { voidLink } from './one-time-link.ts';
import { type EndedSignIn, endSignInOf } from './sign-in.ts';

interface Change {
  readonly propertyId: string;
  readonly doer: Doer;
  readonly now: number;
}

/** Why a member can't be as somebody wants them. */
export type MemberProblem =
  /** Neither a mobile nor an e-mail: nothing names them. */
  | 'member-without-name'
  | 'phone-taken'
  | 'email-taken'
  /** The role works with no cards, so that the permission would say what isn't so. */
  | 'role-without-permission'
  /** Nobody would be left to administer the property. */
  | 'last-administrator'
  /** Whoever changes them has not all that they would be given. */
  | 'gives-too-much';

export type CreatedMember =
  | { readonly verdict: 'created'; readonly member: SeenMember }
  | { readonly verdict: Exclude<MemberProblem, 'last-administrator'> };

/** Adds a member, who is active. */
export function createMember(
  tx: Tx,
  { doer, now, ...given }: Change & Omit<Member, 'active' | 'version'>,
): CreatedMember {
  const member = newMember(given);
  const problem = mayGive(rightsOf(tx, doer, member.propertyId, now), null, member)
    ? problemOf(tx, member)
    : 'gives-too-much';
  if (problem !== null) return { verdict: problem };
  tx.put('members', member);
  const { propertyId, id, role, issuingPermission } = member;
  const details = { member: id, role, issuingPermission };
  auditOf(tx, doer, { propertyId, at: now, action: 'member-created', details });
  return { verdict: 'created', member: seenMember(tx, member) };
}

export interface ChangeMember extends Change {
  readonly memberId: string;
  readonly changes: { readonly [K in keyof Omit<MemberFacts, 'id'>]?: MemberFacts[K] | undefined };
  readonly knownTags: KnownTags;
}

export type ChangedMember =
  /** `signedOut`: where the member was signed in until now. */
  | { readonly verdict: 'changed'; readonly member: SeenMember; readonly signedOut: EndedSignIn | null }
  | { readonly verdict: 'not-found' | 'changed-meanwhile' | MemberProblem };

/**
 * Changes what is given of a member, if they are still as the caller knows them. It holds from the next step of every
 * operation under way, since each step looks at the member anew. Whoever is deactivated is signed out.
 */
export function changeMember(
  tx: Tx,
  { propertyId, memberId, changes, knownTags, doer, now }: ChangeMember,
): ChangedMember {
  const member = tx.get('members', propertyId, memberId);
  if (member === undefined) return { verdict: 'not-found' };
  const before = factsOfMember(member);
  if (!isKnown(knownTags, before)) return { verdict: 'changed-meanwhile' };
  const given = Object.fromEntries(
    Object.entries(changes).filter(
      ([name, value]) => value !== undefined && value !== before[name as keyof MemberFacts],
    ),
  );
  // What it is already is no change: no record, and a remembered password stays so.
  if (Object.keys(given).length === 0) return { verdict: 'changed', member: seenMember(tx, member), signedOut: null };
  const changed: Member = { ...member, ...given, version: member.version + 1 };
  if (!mayGive(rightsOf(tx, doer, propertyId, now), member, changed)) return { verdict: 'gives-too-much' };
  const problem = problemOf(tx, changed) ?? (leavesNoAdministrator(tx, member, changed) ? 'last-administrator' : null);
  if (problem !== null) return { verdict: problem };
  tx.put('members', changed);
  auditOf(tx, doer, {
    propertyId,
    at: now,
    action: 'member-changed',
    details: { member: memberId, ...recorded(given) },
  });
  if (!changed.active) {
    endSessionsOf(tx, { kind: 'member', propertyId, memberId });
    voidLink(tx, { to: 'set-password', propertyId, memberId });
    voidLink(tx, { to: 'join', propertyId, memberId });
    voidLink(tx, { to: 'sign-in', of: { kind: 'member', propertyId, memberId } });
  }
  const signedOut = changed.active ? null : endSignInOf(tx, changed, 'member-deactivated', doer, now);
  return { verdict: 'changed', member: seenMember(tx, changed), signedOut };
}

/** A phone or e-mail is recorded as changed, and not what it is: a record stays for ever. */
function recorded(given: Partial<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { name: _name, areaCode: _areaCode, mobile: _mobile, email: _email, ...open } = given;
  const hidden = Object.keys(given).filter((name) => !(name in open));
  return hidden.length === 0 ? open : { ...open, changed: hidden };
}

function problemOf(tx: Tx, member: Member): Exclude<MemberProblem, 'last-administrator' | 'gives-too-much'> | null {
  const { propertyId, id, areaCode, mobile, email } = member;
  if (mobile === null && email === null) return 'member-without-name';
  if (member.issuingPermission && !worksWithCards(member.role)) return 'role-without-permission';
  if (mobile !== null && areaCode !== null) {
    const has = findMember(tx, { propertyId, creator: { by: 'mobile', areaCode, mobile } });
    if (has !== null && has.id !== id) return 'phone-taken';
  }
  if (email !== null) {
    const has = findMember(tx, { propertyId, creator: { by: 'email', email } });
    if (has !== null && has.id !== id) return 'email-taken';
  }
  return null;
}

function leavesNoAdministrator(tx: Tx, before: Member, after: Member): boolean {
  if (!administers(before) || administers(after)) return false;
  const two = tx.find('members', 'administrators', [before.propertyId], { limit: 2 });
  return two.every(({ id }) => id === before.id);
}

function administers({ role, active }: Member): boolean {
  return role === 'administrator' && active;
}
