import { type Member, worksWithCards } from './people.ts';
import { type Right, rightsOfRole } from './rights.ts';

/**
 * Nobody gives a member more than they have themselves. Whoever may only keep the list of members could else make themselves an
 * administrator who issues cards, or take over one by a new password.
 */

type Standing = Pick<Member, 'role' | 'issuingPermission'>;

/** What a member may do when they are active. Without the issuing permission they work with no cards. */
export function rightsOfMember({ role, issuingPermission }: Standing): ReadonlySet<Right> {
  const rights = new Set(rightsOfRole(role));
  if (!(issuingPermission && worksWithCards(role))) rights.delete('operations.write');
  return rights;
}

/** Whether somebody with these rights may turn `before` into `after`; null for a member who wasn't there. Taking away is free. */
export function mayGive(
  rights: ReadonlySet<Right>,
  before: (Standing & Pick<Member, 'active'>) | null,
  after: Standing & Pick<Member, 'active'>,
): boolean {
  const isBack = before !== null && !before.active && after.active;
  const had = before === null || isBack ? new Set<Right>() : rightsOfMember(before);
  return [...rightsOfMember(after)].every((right) => had.has(right) || rights.has(right));
}

/** Whether somebody with these rights may do what lets them act as this member, like setting their password. */
export function mayActAs(rights: ReadonlySet<Right>, member: Standing): boolean {
  return [...rightsOfMember(member)].every((right) => rights.has(right));
}
