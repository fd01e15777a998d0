import type { Member, Role } from './member-queries.ts';

/** Which members are shown. */
export const SHOWN = ['active', 'issuing', 'invited', 'left'] as const;
export type Shown = (typeof SHOWN)[number];

const inOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;

export function isShown(member: Member, shown: Shown, now: number): boolean {
  switch (shown) {
    case 'active':
      return member.active;
    case 'issuing':
      return member.active && member.issuingPermission;
    case 'invited':
      return member.active && invitationOf(member, now) !== null;
    case 'left':
      return !member.active;
  }
}

/** An invitation that nobody has used: until when it is, or was, good. */
export function invitationOf(
  { invitedUntil }: Pick<Member, 'invitedUntil'>,
  now: number,
): { readonly until: string; readonly isOver: boolean } | null {
  return invitedUntil === null ? null : { until: invitedUntil, isOver: Date.parse(invitedUntil) <= now };
}

/** What is known of when somebody was last active. Pages of a person count for nothing there, so who joined may be active all day. */
export type Seen =
  | { readonly kind: 'invited'; readonly until: string; readonly isOver: boolean }
  | { readonly kind: 'now' | 'never' }
  | { readonly kind: 'at' | 'joined'; readonly at: string };

export function seenOf(member: Member, isYou: boolean, now: number): Seen {
  if (isYou) return { kind: 'now' };
  const invitation = invitationOf(member, now);
  if (member.active && invitation !== null) return { kind: 'invited', ...invitation };
  if (member.lastActiveAt !== null) return { kind: 'at', at: member.lastActiveAt };
  return member.joinedAt === null ? { kind: 'never' } : { kind: 'joined', at: member.joinedAt };
}

/** Members by their names, as far as they pass. */
export function filterMembers(
  members: readonly Member[],
  filter: { readonly shown: Shown; readonly search: string; readonly role: Role | null },
  now: number,
): Member[] {
  const wanted = fold(filter.search);
  const digits = wanted.replace(/[\s+-]/g, '');
  return members
    .filter((member) => {
      if (!isShown(member, filter.shown, now)) return false;
      if (filter.role !== null && member.role !== filter.role) return false;
      if (wanted === '') return true;
      if (fold(member.name).includes(wanted) || fold(member.email ?? '').includes(wanted)) return true;
      return /^\d+$/.test(digits) && `${member.areaCode ?? ''}${member.mobile ?? ''}`.includes(digits);
    })
    .toSorted((one, other) => inOrder(one.name, other.name));
}

export function countShown(members: readonly Member[], now: number): Record<Shown, number> {
  const counts = { active: 0, issuing: 0, invited: 0, left: 0 };
  for (const shown of SHOWN) counts[shown] = members.filter((member) => isShown(member, shown, now)).length;
  return counts;
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
