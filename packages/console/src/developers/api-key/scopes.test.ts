import { expect, test } from 'vitest';
import { keyState, SCOPES, withoutHeld } from './scopes.ts';

test.each([
  [
    ['cards', 'read'],
    ['read', 'cards'],
  ],
  [['read', 'admin', 'cards'], ['admin']],
  [[], []],
] as const)('%j comes to %j', (chosen, scopes) => {
  expect(withoutHeld(chosen)).toEqual(scopes);
});

test('each scope is offered once', () => expect(new Set(SCOPES).size).toBe(SCOPES.length));

test.each([
  [null, null, 'works'],
  [null, '2026-11-30T12:00:01Z', 'works'],
  [null, '2026-11-30T12:00:00Z', 'expired'],
  ['2026-11-01T00:00:00Z', '2026-11-30T12:00:00Z', 'revoked'],
] as const)('a key revoked at %s that ends at %s is %s', (revokedAt, expiresAt, state) => {
  expect(keyState({ revokedAt, expiresAt }, Date.parse('2026-11-30T12:00:00Z'))).toBe(state);
});
