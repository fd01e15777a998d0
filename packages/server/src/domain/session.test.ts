import { describe, expect, it } from 'vitest';
import { SESSIONS } from './limits.ts';
import { sessionThatYields, subjectOfSession } from './session.ts';

describe('of too many sessions', () => {
  const from = (...addresses: string[]) => addresses.map((address, n) => ({ id: n, from: address }));
  const full = (...addresses: string[]) => from(...addresses, ...Array(SESSIONS.ofEach - addresses.length).fill('b'));

  it('none ends while there is a place', () => {
    expect(sessionThatYields(from('a', 'b'), 'a')).toBe(undefined);
    expect(sessionThatYields(full('a').slice(1), 'a')).toBe(undefined);
  });

  it('the oldest from the same address ends first, and else the oldest', () => {
    expect(sessionThatYields(full('a', 'a'), 'b')?.id).toBe(2);
    expect(sessionThatYields(full('a', 'a'), 'a')?.id).toBe(0);
    expect(sessionThatYields(full('a', 'a'), 'c')?.id).toBe(0);
  });

  it('open and half-open ones are counted apart', () => {
    for (const of of [
      { kind: 'person', personId: 'ada' },
      { kind: 'member', propertyId: 'inn', memberId: 'ada' },
    ] as const)
      expect(subjectOfSession(of, 'half-open')).not.toBe(subjectOfSession(of));
  });
});
