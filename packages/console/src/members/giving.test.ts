import { describe, expect, test } from 'vitest';
import type { Right } from '../session/myself.ts';
import {
  activeObstacle,
  type Giver,
  isLastAdministrator,
  issuingObstacle,
  mayActAs,
  mayGiveIssuing,
} from './giving.ts';
import type { Member } from './member-queries.ts';

const member = (facts: Partial<Member> = {}): Member => ({
  id: 'm',
  name: 'Ada',
  role: 'receptionist',
  areaCode: null,
  mobile: null,
  email: 'ada@example.com',
  issuingPermission: false,
  active: true,
  lastActiveAt: null,
  joinedAt: null,
  invitedUntil: null,
  ...facts,
});
const giver = (issuingPermission: boolean, rights: readonly Right[] = []): Giver => ({
  member: 'me',
  issuingPermission,
  can: (right) => rights.includes(right),
});
const issuing = giver(true);
const without = giver(false);
const owner = giver(false, ['installation.owner']);

test('who may issue, and an owner, may let others', () => {
  expect([issuing, without, owner].map(mayGiveIssuing)).toEqual([true, false, true]);
});

describe('the issuing permission', () => {
  test('is given by who has it, and taken by everybody', () => {
    expect(issuingObstacle(issuing, member())).toBeNull();
    expect(issuingObstacle(without, member())).toBe('no-permission-to-give');
    expect(issuingObstacle(without, member({ issuingPermission: true }))).toBeNull();
  });
  test('is for no auditor', () => {
    expect(issuingObstacle(owner, member({ role: 'auditor' }))).toBe('auditors-issue-nothing');
  });
});

test('who may not issue can’t act as somebody who may', () => {
  expect(mayActAs(without, member({ issuingPermission: true }))).toBe(false);
  expect(mayActAs(without, member())).toBe(true);
  expect(activeObstacle(without, [], member({ active: false, issuingPermission: true }))).toBe('no-permission-to-give');
  expect(activeObstacle(issuing, [], member({ active: false, issuingPermission: true }))).toBeNull();
});

test('the last active administrator stays', () => {
  const last = member({ id: 'a', role: 'administrator' });
  const left = member({ id: 'b', role: 'administrator', active: false });
  const other = member({ id: 'c', role: 'administrator' });
  expect(isLastAdministrator([last, left, member()], last)).toBe(true);
  expect(activeObstacle(issuing, [last, left], last)).toBe('last-administrator');
  expect(isLastAdministrator([last, other], last)).toBe(false);
  expect(isLastAdministrator([last, left], left)).toBe(false);
});
