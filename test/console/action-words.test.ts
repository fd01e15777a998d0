import { ACTIONS } from '@keyrack/console/audit/action-words.ts';
import { PROJECTIONS } from '@keyrack/server/domain/events.ts';
import { expect, test } from 'vitest';

test('the console tells every action of the audit log in words, in both languages, and no other', () => {
  expect(Object.keys(ACTIONS).sort()).toEqual(Object.keys(PROJECTIONS).sort());
});

test.each(Object.entries(ACTIONS))('%s is a phrase', (_action, { en, zh }) => {
  expect(en).toMatch(/^[A-Z].*[^.!]$/);
  expect(zh).toMatch(/[\u4e00-\u9fff]/);
  expect(zh).not.toMatch(/[。！]$/);
});
