import { expect, test } from 'vitest';
import { isPortableText, isReadableLine, pathOfUnportable } from './portable-text.ts';

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

test.each([
  ['Zoë 🔑 李', true],
  ['👨‍👩‍👧', true],
  ['علی‌رضا', true],
  ['👩🏽‍🍳 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿', true],
  ['葛\u{e0100}城', true],
  ['ශ්‍රී', true],
  ['עברית (א)', true],
  // Each looks as it would without what it hides, so that one name would be two.
  ['עברית\u200f (א)', false],
  ['Ada\u200b', false],
  ['Ad\u200da', false],
  ['A\u00adda', false],
  ['Ada\u2060 Lin', false],
  ['Ada\ufe0f', false],
  ['林\ufe0f', false],
  ['👩\u200d', false],
  ['Ada\u{e0041}', false],
  ['Ada\u3164Lin', false],
  ['علی\u200c', false],
  ['101', true],
  ['', false],
  [' ', false],
  ['a\nb', false],
  ['a\u2028b', false],
  ['a\u2029b', false],
  ['Room \u202e201', false],
  ['\u2066Room', false],
  ['\u200b', false],
  ['\u3164', false],
  ['\u2800', false],
  ['\u0301', false],
  ['\u00ad\ufeff', false],
  ['a\0', false],
])('people see %j as what it is: %s', (text, is) => {
  expect(isReadableLine(text)).toBe(is);
});
