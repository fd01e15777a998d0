import { LANGUAGE_TEXTS } from '@keyrack/agent/page/language-texts.ts';
import { ENDINGS, SIGN_IN_ENDS } from '@keyrack/server/dispatch/server-texts.ts';
import { CAUSES, type Cause } from '@keyrack/server/domain/causes.ts';
import { describe, expect, test } from 'vitest';

test("the agent's page has a Chinese sentence for everything that the server gives as a cause", () => {
  const causes = Object.keys({ ...CAUSES, ...ENDINGS, ...SIGN_IN_ENDS });
  const missing = causes.filter((cause) => LANGUAGE_TEXTS.zh.causes[cause] === undefined);
  expect(missing, 'to be added to packages/agent/src/page/causes-chinese.ts').toEqual([]);
});

describe('who is told to pair a computer again is told how, in both languages', () => {
  /** Of a code that was typed: a new one comes the same way. */
  const OF_A_CODE = ['wrong-code', 'too-many-codes', 'pairing-busy', 'paired'];
  const ends = Object.entries(ENDINGS).filter(
    ([end, { message }]) => /\bpair/i.test(message) && !OF_A_CODE.includes(end),
  );

  test.each(ends.map(([end, { message }]) => [end, message, LANGUAGE_TEXTS.zh.causes[end] ?? '']))('%s', (...texts) => {
    const [end, ...languages] = texts;
    for (const text of languages) expect(text).toMatch(/keyrack agents pair|--data/);
    // Only what the server knows can be replaced, and a folder that is paired takes no other agent.
    if (end !== 'agent-suspended') for (const text of languages) expect(text).toContain('--data');
  });

  test('and nobody is sent the way that a paired folder refuses', () => {
    expect(ends.map(([end]) => end).sort()).toEqual([
      'agent-revoked',
      'agent-suspended',
      'agent-unknown',
      'not-proved',
      'paired-already',
    ]);
  });
});

describe('what is told while a card is still waited for asks for no second request', () => {
  /** Causes with which the server puts a card off whose operation goes on (`transactions/at-encoder`). */
  const live: Cause[] = [
    'other-card',
    'card-already-issued',
    'card-not-lifted',
    'card-unreadable',
    'card-occupied',
    'card-garbled',
    'card-checksum',
    'card-copied',
    'foreign-card',
    'card-changed',
  ];
  test.each(live)('%s', (cause) => {
    for (const { causes } of Object.values(LANGUAGE_TEXTS)) {
      expect(causes[cause] ?? CAUSES[cause]).not.toMatch(/send again|try again|重试|重新发送/);
    }
  });
});
