import { expect, test } from 'vitest';
import { createIntents, newIntent } from './intent.ts';

const BODY = { property: 'p', kind: 'read', encoder: 1 } as const;

function intents() {
  let drawn = 0;
  return createIntents(() => `intent ${++drawn}`);
}

test('the same request keeps its name, so that no second card is made where no answer came', () => {
  const { nameOf, show } = intents();
  const first = nameOf(BODY);
  show(null);
  expect(nameOf({ ...BODY })).toBe(first);
});

test('another request is another intent', () => {
  const { nameOf } = intents();
  const first = nameOf(BODY);
  expect(nameOf({ ...BODY, encoder: 2 })).not.toBe(first);
});

test('the same request is another intent once another operation stands there, and once that is gone again', () => {
  const { nameOf, show } = intents();
  const first = nameOf(BODY);
  show('one');
  const second = nameOf(BODY);
  show('one');
  expect(nameOf(BODY)).toBe(second);
  show(null);
  const third = nameOf(BODY);
  expect(new Set([first, second, third]).size).toBe(3);
});

test('what was shown and gone again without a further request is wanted anew', () => {
  const { nameOf, show } = intents();
  const first = nameOf(BODY);
  show('one');
  show(null);
  expect(nameOf(BODY)).not.toBe(first);
});

test('names are drawn, and visible ASCII as the server takes them', () => {
  expect(newIntent()).toMatch(/^[0-9a-f]{32}$/);
  expect(newIntent()).not.toBe(newIntent());
});
