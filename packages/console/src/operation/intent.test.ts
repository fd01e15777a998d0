import { expect, test } from 'vitest';
import { intentFor, newIntent } from './intent.ts';

const BODY = { property: 'p', kind: 'read', encoder: 1 } as const;
let drawn = 0;
const draw = () => `intent ${++drawn}`;

test('the same request keeps its name, so that no second card is made where no answer came', () => {
  const first = intentFor(BODY, null, draw);
  expect(intentFor({ ...BODY }, first, draw)).toBe(first);
});

test('another request is another intent', () => {
  const first = intentFor(BODY, null, draw);
  expect(intentFor({ ...BODY, encoder: 2 }, first, draw).intent).not.toBe(first.intent);
});

test('names are drawn, and visible ASCII as the server takes them', () => {
  expect(newIntent()).toMatch(/^[0-9a-f]{32}$/);
  expect(newIntent()).not.toBe(newIntent());
});
