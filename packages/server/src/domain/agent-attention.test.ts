import { expect, test } from 'vitest';
import { ATTENTION_KINDS, ATTENTIONS, attentionKindOf } from './agent-attention.ts';

test('each sentence of a front desk is known again by its name', () => {
  for (const kind of ATTENTION_KINDS) expect(attentionKindOf(ATTENTIONS[kind])).toBe(kind);
});

test.each([[null], [''], ['Somebody wrote this by hand.']])('%j has no name', (sentence) => {
  expect(attentionKindOf(sentence)).toBeNull();
});
