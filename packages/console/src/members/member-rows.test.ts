import { expect, test } from 'vitest';
import type { Member } from './member-queries.ts';
import { countShown, filterMembers, invitationOf, seenOf } from './member-rows.ts';

const NOW = Date.parse('2026-11-30T08:00:00Z');
const member = (name: string, facts: Partial<Member> = {}): Member => ({
  id: name,
  name,
  role: 'receptionist',
  areaCode: '86',
  mobile: '13800004417',
  email: null,
  issuingPermission: false,
  active: true,
  lastActiveAt: null,
  joinedAt: null,
  invitedUntil: null,
  ...facts,
});
const members = [
  member('Zoë', { issuingPermission: true }),
  member('adaeze', { role: 'auditor', email: 'a.obi@example.com', mobile: null, areaCode: null }),
  member('Mei', { invitedUntil: '2026-12-01T08:00:00.000Z' }),
  member('Left', { active: false, issuingPermission: true }),
];
const all = { shown: 'active', search: '', role: null } as const;
const names = (filter: object) => filterMembers(members, { ...all, ...filter }, NOW).map(({ name }) => name);

test('members stand by their names, and those who have left stand apart', () => {
  expect(names({})).toEqual(['adaeze', 'Mei', 'Zoë']);
  expect(names({ shown: 'left' })).toEqual(['Left']);
  expect(countShown(members, NOW)).toEqual({ active: 3, issuing: 1, invited: 1, left: 1 });
});

test.each([
  ['ZO', ['Zoë']],
  ['obi@', ['adaeze']],
  ['+86 138 0000 44', ['Mei', 'Zoë']],
  ['4417', ['Mei', 'Zoë']],
  ['<script>', []],
])('a search for %s finds %j', (search, found) => expect(names({ search })).toEqual(found));

test('a role is chosen', () => expect(names({ role: 'auditor' })).toEqual(['adaeze']));

test.each([
  [{}, { kind: 'never' }],
  [{ lastActiveAt: '2026-11-30T07:00:00.000Z' }, { kind: 'at', at: '2026-11-30T07:00:00.000Z' }],
  // Whoever signs in as a person leaves no trace at the member.
  [{ joinedAt: '2026-11-27T07:00:00.000Z' }, { kind: 'joined', at: '2026-11-27T07:00:00.000Z' }],
  [{ invitedUntil: '2026-12-01T08:00:00.000Z' }, { kind: 'invited', until: '2026-12-01T08:00:00.000Z', isOver: false }],
])('of %j is told %j', (facts, seen) => expect(seenOf(member('Mei', facts), false, NOW)).toEqual(seen));

test('whoever looks is active now', () => expect(seenOf(member('Mei'), true, NOW)).toEqual({ kind: 'now' }));

test('an invitation is over at its time, and stays to be seen', () => {
  expect(invitationOf({ invitedUntil: '2026-11-30T08:00:00.000Z' }, NOW)?.isOver).toBe(true);
  expect(invitationOf({ invitedUntil: '2026-11-30T08:00:00.001Z' }, NOW)?.isOver).toBe(false);
  expect(invitationOf({ invitedUntil: null }, NOW)).toBeNull();
});
