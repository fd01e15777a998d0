import type { AgentId } from '@keyrack/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advanceOwner, type EncoderOwner, mayUse, type OwnerEvent } from './encoder-owner.ts';

const [A, B, C] = ['a', 'b', 'c'] as AgentId[] as [AgentId, AgentId, AgentId];
const ofA: EncoderOwner = { owner: A, ownership: 'settled', claims: [] };

const named = (by: AgentId): OwnerEvent => ({ type: 'named', by });
const givenUp = (by: AgentId): OwnerEvent => ({ type: 'given-up', by });
const HEARD: OwnerEvent = { type: 'owner-heard' };
const SILENT: OwnerEvent = { type: 'owner-silent' };
const GRANT_ENDED: OwnerEvent = { type: 'grant-ended' };

const after = (encoder: EncoderOwner, ...events: readonly OwnerEvent[]) =>
  events.reduce((state, event) => advanceOwner(state, event, false), encoder);
const userOf = ({ owner, ownership }: EncoderOwner) =>
  [A, B, C].find((agent) => mayUse({ agentId: owner, ownership }, agent)) ?? null;

describe('an encoder that a second agent names', () => {
  test('is used by nobody until the first was heard, or silent for long', () => {
    expect(userOf(after(ofA, named(B)))).toBeNull();
  });

  test.each([
    ['says anything', [HEARD]],
    ['names it again', [named(A)]],
  ])('is disputed when the first %s, and silence ends that no more', (_word, events) => {
    expect(after(ofA, named(B), ...events)).toMatchObject({ ownership: 'disputed' });
    expect(after(ofA, named(B), ...events, SILENT, HEARD, named(B), named(A))).toMatchObject({ ownership: 'disputed' });
  });

  test.each([
    [A, B],
    [B, A],
  ])('is free when either says that it doesn’t have it (%s, so that %s has it)', (leaves, stays) => {
    expect(userOf(after(ofA, named(B), HEARD, givenUp(leaves)))).toBe(stays);
    expect(userOf(after(ofA, named(B), HEARD, { type: 'agent-ended', agent: leaves }))).toBe(stays);
  });

  test('is the second one’s when the first stays silent', () => {
    expect(userOf(after(ofA, named(B), SILENT))).toBe(B);
  });

  test('is disputed when the first, which lost it by its silence, comes back with it', () => {
    expect(after(ofA, named(B), SILENT, named(A), HEARD)).toMatchObject({ owner: B, ownership: 'disputed' });
  });

  test('stays in dispute as long as two of three have it', () => {
    const three = after(ofA, named(B), HEARD, named(C));
    expect(userOf(after(three, givenUp(A)))).toBeNull();
    expect(userOf(after(three, givenUp(A), givenUp(C)))).toBe(B);
    expect(userOf(after(three, givenUp(B), SILENT))).toBeNull();
  });
});

test('an encoder that its agent gave up goes to the next one at once', () => {
  expect(userOf(after(ofA, givenUp(A), named(B)))).toBe(B);
});

test('with a grant it stays, and moves when that has ended', () => {
  const kept = [named(B), givenUp(A)].reduce((state, event) => advanceOwner(state, event, true), ofA);
  expect(kept).toMatchObject({ owner: A, claims: [B] });
  expect(userOf(kept)).toBeNull();
  expect(userOf(advanceOwner(kept, GRANT_ENDED, false))).toBe(B);
});

describe('whatever desks say in whatever order', () => {
  const agent = fc.constantFrom(A, B, C);
  const event = fc.oneof(
    fc.record({ type: fc.constant('named' as const), by: agent }),
    fc.record({ type: fc.constant('given-up' as const), by: agent }),
    fc.record({ type: fc.constant('agent-ended' as const), agent }),
    fc.constant(HEARD),
    fc.constant(SILENT),
  );
  const steps = fc.array(fc.record({ event, granted: fc.boolean() }), { maxLength: 25 });

  /** Who has it, as far as they said. One that lost it by its silence has no connection left that says so. */
  function whoHasIt(has: Set<AgentId>, before: EncoderOwner, each: OwnerEvent): void {
    if (each.type === 'named') has.add(each.by);
    if (each.type === 'given-up') has.delete(each.by);
    if (each.type === 'agent-ended') has.delete(each.agent);
    if (each.type === 'owner-silent' && before.ownership === 'claimed' && before.owner !== null)
      has.delete(before.owner);
  }

  test('it is used where nobody else has it, and nothing is stuck when one alone does', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        let state = ofA;
        const has = new Set<AgentId>([A]);
        for (const step of plan) {
          whoHasIt(has, state, step.event);
          state = advanceOwner(state, step.event, step.granted);
          const user = userOf(state);
          if (user !== null) expect([...has].filter((each) => each !== user)).toEqual([]);
        }
        state = advanceOwner(state, GRANT_ENDED, false);
        if (has.size === 1) expect(userOf(state)).toBe([...has][0]);
      }),
      { numRuns: 2_000 },
    );
  });
});
