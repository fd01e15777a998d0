import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('a line ends as RFC 4180 says, and nothing is an empty cell', () => {
  expect(csvLine(['1203', 3, null, ''])).toBe('1203,3,,\r\n');
});

test.each([
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  [' blank', '" blank"'],
  ['李雷', '李雷'],
])('%j is written so that it is read as it was', (text, expected) => {
  expect(csvLine([text])).toBe(`${expected}\r\n`);
});

test.each([
  '=HYPERLINK("http://evil","x")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '  =1',
  '\r=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  '|calc',
])('%j is no formula to any spreadsheet', (text) => {
  const cell = csvLine([text]).trimEnd().replace(/^"/, '');
  expect(cell.startsWith("'")).toBe(true);
});

test('a number stays a number, also a negative one', () => {
  expect(csvLine([-3])).toBe('-3\r\n');
});
