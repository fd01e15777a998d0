import { foldEmail } from '../domain/fold-email.ts';
import { subjectOf } from '../domain/one-time-link.ts';
import { factsOfMember, type Member, type MemberFacts, type MemberRole } from '../domain/people.ts';
import type { ReadTx } from '../store/store.ts';

/** A member with what people want to know of them. */
export interface SeenMember {
  readonly facts: MemberFacts;
  /** Unix milliseconds; null where they never were. */
  readonly lastActiveAt: number | null;
  /** Since when a person has joined it; null for nobody. */
  readonly joinedAt: number | null;
  /** Until when the invitation is good that nobody has used; null where there is none. It may be over. */
  readonly invitedUntil: number | null;
}

/** Which members are wanted; null for any. */
export interface MemberFilter {
  readonly role: MemberRole | null;
  readonly active: boolean | null;
  readonly issuingPermission: boolean | null;
  /** Part of a name, mobile or e-mail, in any case. */
  readonly search: string | null;
}

export interface MembersPage extends MemberFilter {
  readonly propertyId: string;
  readonly after: { readonly id: string } | null;
  readonly limit: number;
}

/** Members that are looked at for one page: a filter may pass few. */
const LOOKED_AT = 1_000;

/** Members, the newest first. `next` is where the next page begins; null where this is the last. It may be short. */
export function membersPage(
  tx: ReadTx,
  { propertyId, after, limit, ...filter }: MembersPage,
): { readonly members: SeenMember[]; readonly next: { readonly id: string } | null } {
  const from = after === null ? {} : { after: { propertyId, id: after.id } };
  const looked = tx.find('members', 'key', [propertyId], { ...from, reverse: true, limit: LOOKED_AT });
  const passed = looked.filter((member) => passes(member, filter));
  const page = passed.slice(0, limit);
  const last = passed.length > limit ? page.at(-1) : looked.length === LOOKED_AT ? looked.at(-1) : undefined;
  return {
    members: page.map((member) => seenMember(tx, member)),
    next: last === undefined ? null : { id: last.id },
  };
}

export function getMember(
  tx: ReadTx,
  { propertyId, memberId }: { readonly propertyId: string; readonly memberId: string },
): SeenMember | null {
  const member = tx.get('members', propertyId, memberId);
  return member === undefined ? null : seenMember(tx, member);
}

/** A member and when they were last seen: by a password that was right, or active where they are signed in. */
export function seenMember(tx: ReadTx, member: Member): SeenMember {
  const { propertyId, id } = member;
  const visit = tx.get('memberVisits', propertyId, id)?.lastActiveAt ?? null;
  const atDesk = tx.get('signIns', propertyId, id)?.lastActiveAt ?? null;
  const lastActiveAt = visit === null || atDesk === null ? (visit ?? atDesk) : Math.max(visit, atDesk);
  const joinedAt = tx.get('joinedMembers', propertyId, id)?.at ?? null;
  const invitation = tx.get('links', subjectOf({ to: 'join', propertyId, memberId: id }));
  return { facts: factsOfMember(member), lastActiveAt, joinedAt, invitedUntil: invitation?.expiresAt ?? null };
}

function passes(member: Member, { role, active, issuingPermission, search }: MemberFilter): boolean {
  if (role !== null && member.role !== role) return false;
  if (active !== null && member.active !== active) return false;
  if (issuingPermission !== null && member.issuingPermission !== issuingPermission) return false;
  if (search === null) return true;
  const wanted = foldEmail(search);
  const texts = [member.name, member.mobile, member.email, `${member.areaCode ?? ''}${member.mobile ?? ''}`];
  return texts.some((text) => text !== null && foldEmail(text).includes(wanted));
}
