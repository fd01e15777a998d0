import { BLANK, type CardContent, type Nonce, type OperationId, type Serial } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { keyedContent } from '../encoder/testing/one-card.ts';
import { concludeWrite } from './conclude-write.ts';
import { type Asked, type GrantMessage, type GrantMoment, refusalOfGrant } from './judge-grant.ts';
import { nextStep } from './next-step.ts';
import { dropPrompt, type PromptMessage, pausePrompt, type QueuedPrompts, queuePrompt } from './queued-prompts.ts';

const connection = { name: 'the one that asked' };
const before = keyedContent();
const asked: Asked = {
  nonce: 'n1' as Nonce,
  operation: 'o1' as OperationId,
  serial: '04AA' as Serial,
  content: before,
  connection,
  askedAt: 1_000,
};
const grant: GrantMessage = {
  type: 'grant',
  nonce: asked.nonce,
  operation: asked.operation,
  serial: asked.serial,
  before,
  target: BLANK,
};
const moment: GrantMoment = { connection, cardAlive: true, now: 1_500 };

describe('a grant', () => {
  test.each<[string, Partial<GrantMessage>, Partial<GrantMoment>]>([
    ['that answers what was asked', {}, {}],
    ['in the last moment of its time', {}, { now: 5_999.9 }],
    ['in the moment of asking', {}, { now: 1_000 }],
  ])('%s is obeyed', (_, grantChanges, momentChanges) => {
    expect(refusalOfGrant(asked, { ...grant, ...grantChanges }, { ...moment, ...momentChanges })).toBe(null);
  });

  test.each<[string, Partial<GrantMessage>, Partial<GrantMoment>]>([
    ['of another nonce', { nonce: 'n2' as Nonce }, {}],
    ['of another operation', { operation: 'o2' as OperationId }, {}],
    ['for another card', { serial: '04AB' as Serial }, {}],
    ['over another content', { before: BLANK }, {}],
    ['from another connection', {}, { connection: { name: 'the one that asked' } }],
    ['for a card that has gone', {}, { cardAlive: false }],
    ['5 s after asking', {}, { now: 6_000 }],
    ['from before the asking', {}, { now: 999 }],
  ])('%s is not', (_, grantChanges, momentChanges) => {
    expect(refusalOfGrant(asked, { ...grant, ...grantChanges }, { ...moment, ...momentChanges })).not.toBe(null);
  });

  test('for a card that could not be read is not obeyed', () => {
    expect(refusalOfGrant({ ...asked, content: 'unreadable' }, grant, moment)).not.toBe(null);
  });
});

test.each<[string, Parameters<typeof concludeWrite>]>([
  ['succeeded', [before, BLANK, BLANK]],
  ['succeeded', [BLANK, BLANK, BLANK]],
  ['rejected', [before, BLANK, before]],
  ['damaged', [before, BLANK, keyedContent(7)]],
  ['damaged', [before, BLANK, 'unreadable']],
  ['unknown', [before, BLANK, null]],
])('a write is %s by what was read back', (outcome, given) => {
  expect(concludeWrite(...given)).toBe(outcome);
});

describe('queued prompts', () => {
  const message = (operation: string, remainingMs = 10_000): PromptMessage => ({
    type: 'prompt',
    operation: operation as OperationId,
    encoder: 'ABCDEF012345' as PromptMessage['encoder'],
    kind: 'cancel',
    serial: null,
    room: null,
    remainingMs,
  });
  const queue = (...names: string[]) =>
    names.reduce<QueuedPrompts>((queued, name) => queuePrompt(queued, message(name), 0), []);
  const card = { serial: '04AA' as Serial, chip: 'classic-1k' as const };
  const step = (prompts: QueuedPrompts, more: object = {}) =>
    nextStep({ card, prompts, refusedHere: new Set(), settle: new Set(), now: 0, ...more });

  test('the first is carried out first, and a newer prompt keeps its place', () => {
    const [first, second] = queue('a', 'b', 'a');
    expect([first?.operation, second?.operation]).toEqual(['a', 'b']);
    expect(step(queue('a', 'b', 'a'))).toEqual({ do: 'carry-out', prompt: first });
  });

  test('paused, refused and outdated ones are passed over', () => {
    const queued = queue('a', 'b');
    const [first, second] = queued as [QueuedPrompts[number], QueuedPrompts[number]];
    expect(step(pausePrompt(queued, first))).toEqual({ do: 'carry-out', prompt: second });
    expect(step(queued, { refusedHere: new Set(['a']) })).toEqual({ do: 'carry-out', prompt: second });
    expect(step(dropPrompt(queued, first.operation))).toEqual({ do: 'carry-out', prompt: second });
    expect(step(queued, { now: 10_000 })).toEqual({ do: 'wait' });
  });

  test('a pause meant for an older prompt does not stop a newer one', () => {
    const queued = queue('a');
    const newer = queuePrompt(queued, message('a'), 5);
    expect(pausePrompt(newer, queued[0] as QueuedPrompts[number])).toEqual(newer);
  });

  test('are bounded', () => {
    expect(
      queue(...'abcdefghijkl')
        .map(({ operation }) => operation)
        .join(''),
    ).toBe('efghijkl');
  });

  test('a card is settled when it is wanted and nothing else is to be done with it', () => {
    const settle = new Set([card.serial]);
    expect(step([], { settle })).toEqual({ do: 'settle' });
    expect(step(queue('a'), { settle })).toMatchObject({ do: 'carry-out' });
    expect(step(queue('a'), { settle, refusedHere: new Set(['a']) })).toEqual({ do: 'settle' });
    expect(step([], { settle, refusedHere: new Set(['settling']) })).toEqual({ do: 'wait' });
    expect(step([], { settle, card: null })).toEqual({ do: 'wait' });
  });
});

test('contents are compared whole', () => {
  const other = `${before.slice(0, -1)}0` as CardContent;
  expect(refusalOfGrant(asked, { ...grant, before: other }, moment)).not.toBe(null);
});
