import type { Right } from '../session/myself.ts';
import type { Member } from './member-queries.ts';

/** Nobody gives more than they have: the server's rule (domain/give-rights.ts), so that no button is there that it refuses. */

/** Of whoever is signed in. */
export interface Giver {
  readonly member: string | null;
  readonly issuingPermission: boolean;
  can(right: Right): boolean;
}

type Standing = Pick<Member, 'role' | 'issuingPermission'>;

/** Why something can't be done with a member. */
export type Obstacle =
  /** Whoever looks may not issue cards, so they can let nobody else. */
  'no-permission-to-give' | 'last-administrator' | 'auditors-issue-nothing';

export function worksWithCards(role: Member['role']): boolean {
  return role !== 'auditor';
}

/** Whether they may let somebody work with cards: an owner may anything. */
export function mayGiveIssuing({ issuingPermission, can }: Giver): boolean {
  return can('installation.owner') || issuingPermission;
}

/** Whether they may do what lets somebody act as this member: invite, or set a password. */
export function mayActAs(giver: Giver, { role, issuingPermission }: Standing): boolean {
  return !(issuingPermission && worksWithCards(role)) || mayGiveIssuing(giver);
}

/** Whether the property would have no administrator without this one. */
export function isLastAdministrator(members: readonly Member[], member: Member): boolean {
  if (member.role !== 'administrator' || !member.active) return false;
  return !members.some(({ id, role, active }) => id !== member.id && role === 'administrator' && active);
}

/** What stands in the way of turning the issuing permission; null for nothing. Taking it away is always free. */
export function issuingObstacle(giver: Giver, member: Standing): Obstacle | null {
  if (!worksWithCards(member.role)) return 'auditors-issue-nothing';
  return member.issuingPermission || mayGiveIssuing(giver) ? null : 'no-permission-to-give';
}

/** What stands in the way of deactivating them, or of letting them come back. */
export function activeObstacle(giver: Giver, members: readonly Member[], member: Member): Obstacle | null {
  if (member.active) return isLastAdministrator(members, member) ? 'last-administrator' : null;
  return mayActAs(giver, member) ? null : 'no-permission-to-give';
}
