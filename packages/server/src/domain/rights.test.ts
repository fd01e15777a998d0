import { describe, expect, it } from 'vitest';
import {
  permissionFor,
  RIGHTS,
  type Right,
  ROLES,
  rightsOfRole,
  rightsOfScopes,
  SCOPE_NAMES,
  SCOPES,
} from './rights.ts';

const all = Object.keys(RIGHTS) as Right[];

describe('rights', () => {
  it('are named after a resource and what is done to it', () => {
    for (const right of all) expect(right).toMatch(/^[a-z][A-Za-z]*\.[a-z]+$/);
  });

  it('of roles and scopes are rights of the table, each once', () => {
    for (const rights of [...Object.values(ROLES), ...Object.values(SCOPES)] as Right[][]) {
      expect(rights.filter((right) => !all.includes(right))).toEqual([]);
      expect(new Set(rights).size).toBe(rights.length);
    }
  });

  it('beyond properties are the owner’s alone', () => {
    for (const right of ['properties.create', 'installation.owner'] as const) {
      expect(rightsOfRole('owner').has(right)).toBe(true);
      expect(rightsOfRole('administrator').has(right)).toBe(false);
      expect(rightsOfScopes(SCOPE_NAMES).has(right)).toBe(false);
    }
  });

  it('of an auditor and of a key that reads change nothing', () => {
    for (const right of [...rightsOfRole('auditor'), ...rightsOfScopes(['read'])]) expect(right).toMatch(/\.read$/);
  });

  it('of a receptionist concern cards, and no member, account or key', () => {
    const changes = [...rightsOfRole('receptionist')].filter((right) => !right.endsWith('.read'));
    expect(changes).toEqual(['operations.write']);
    for (const right of ['members.read', 'accounts.read', 'apiKeys.read', 'audit.read'] as const)
      expect(rightsOfRole('receptionist').has(right)).toBe(false);
  });

  it('let every scope see the property that it acts for', () => {
    for (const scope of SCOPE_NAMES) expect(rightsOfScopes([scope]).has('properties.read')).toBe(true);
  });

  it('of several scopes are those of each', () => {
    expect(rightsOfScopes(['members', 'rooms'])).toEqual(
      new Set([...rightsOfScopes(['members']), ...rightsOfScopes(['rooms'])]),
    );
    expect(rightsOfScopes([])).toEqual(new Set());
  });
});

describe('whoever lacks a right', () => {
  it.each([
    ['members.write', ['members.write'], 'may'],
    ['members.write', ['members.read'], 'may-only-see'],
    ['members.write', ['rooms.write', 'rooms.read'], 'may-not-see'],
    ['members.read', ['members.write'], 'may-not-see'],
    ['properties.create', ['properties.read'], 'may-only-see'],
    ['installation.owner', ['properties.read'], 'may-not-see'],
  ] as const)('%s, having %j: %s', (right, having, permission) => {
    expect(permissionFor(right, new Set(having))).toBe(permission);
  });
});
