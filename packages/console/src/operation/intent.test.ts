import { expect, test } from 'vitest';
import { intentFor, newIntent } from './intent.ts';

const BODY = { property: 'p', kind: 'read', encoder: 1 } as const;
let drawn = 0;
const draw = () => `intent ${++drawn}`;

test('the same request keeps its name, so that no second card is made where no answer came', () => {
  const first = intentFor(BODY, null, null, draw);
  expect(intentFor({ ...BODY }, null, first, draw)).toBe(first);
});

test('another request is another intent', () => {
  const first = intentFor(BODY, null, null, draw);
  expect(intentFor({ ...BODY, encoder: 2 }, null, first, draw).name).not.toBe(first.name);
});

test('the same request is another intent once another operation stands there', () => {
  const first = intentFor(BODY, 'one', null, draw);
  expect(intentFor(BODY, 'one', first, draw)).toBe(first);
  expect(intentFor(BODY, 'two', first, draw).name).not.toBe(first.name);
});

test('names are drawn, and visible ASCII as the server takes them', () => {
  expect(newIntent()).toMatch(/^[0-9a-f]{32}$/);
  expect(newIntent()).not.toBe(newIntent());
});
