import { expect, test } from 'vitest';
import { isPortableText, pathOfUnportable } from './portable-text.ts';

test.each([
  ['', true],
  ['Zoë 🔑 李', true],
  ['\n\u0001', true],
  ['a\0', false],
  ['\ud83d', false],
  ['\udd11\ud83d', false],
])('%j is portable: %s', (text, is) => {
  expect(isPortableText(text)).toBe(is);
});

test.each([
  [{ a: 'b', c: [1, null, true, 'd'] }, null],
  [{ a: 'b', c: [{ d: 'e' }, { d: '\0' }] }, ['c', 1, 'd']],
  ['\ud800', []],
  [null, null],
])('in %j it stands at %j', (value, path) => {
  expect(pathOfUnportable(value)).toEqual(path);
});
