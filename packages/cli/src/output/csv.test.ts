import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseYesNo, readCsv, toCsv } from './csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyrack-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

const COLUMNS = { required: ['name'], optional: ['on'] };
function read(text: string | Uint8Array) {
  const file = join(folder, 'file.csv');
  writeFileSync(file, text);
  return readCsv(file, COLUMNS);
}

describe('a CSV file', () => {
  test('is read as it came: with a mark of UTF-8, semicolons, tabs, quotes and empty lines', () => {
    const lines = [{ line: 2, fields: { name: 'Ada', on: 'yes' } }];
    for (const text of [
      'name,on\nAda,yes\n',
      '\ufeffname,on\r\nAda,yes\r\n',
      'on;name\nyes;Ada',
      'name\ton\nAda\tyes\n',
    ])
      expect(read(text)).toEqual(lines);
    expect(read('name,on\n\n"Ada, ""the first""",yes\n王小明,\n')).toEqual([
      { line: 3, fields: { name: 'Ada, "the first"', on: 'yes' } },
      { line: 4, fields: { name: '王小明', on: '' } },
    ]);
  });

  test('is read in the encoding of Chinese spreadsheets, too', () => {
    // "name\n" and 王 in GB 18030.
    expect(read(new Uint8Array([...Buffer.from('name\n'), 0xcd, 0xf5]))).toEqual([{ line: 2, fields: { name: '王' } }]);
  });

  test.each([
    [
      'title\nAda\n',
      /has a column "title", which isn't known\. It begins with a line that names its columns: name,on\./,
    ],
    ['on\nyes\n', /has no column name\./],
    ['name,name\nA,B\n', /has the column name twice; leave one out\./],
    ['name\n', /has no line below its titles\./],
    ['name\n"Ada\n', /is no CSV: /],
    ['name\nAda,1,2,3\n', /is no CSV: /],
  ])('that is %j is refused with what to do', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('that is written is read again, and no spreadsheet takes a field for a formula', () => {
    const names = ['=HYPERLINK("http://x")', 'Ada, B', "it's", '+1', '-1', '@x', '＝1', '＋1', '－1', '＠x'];
    const rows = [...names, "'=quoted", "''＝twice", "'no formula"].map((name) => ({ name }));
    const text = toCsv(
      ['name', 'on'],
      rows.map((row) => ({ ...row, on: true })),
    );
    expect(text).toContain(`'=HYPERLINK`);
    expect(text).not.toMatch(/^"?[=+\-@＝＋－＠]/m);
    expect(read(text).map(({ fields }) => fields)).toEqual(rows.map((row) => ({ ...row, on: 'yes' })));
  });
});

test.each([
  ['yes', true],
  ['TRUE', true],
  ['是', true],
  ['no', false],
  ['0', false],
  ['maybe', null],
])('%s means %s', (text, value) => {
  expect(parseYesNo(text)).toBe(value);
});
