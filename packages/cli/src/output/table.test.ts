import { describe, expect, test } from 'vitest';
import { type Column, fields, table } from './table.ts';
import { fit, printable, widthOf } from './text-width.ts';

interface Row {
  readonly name: string;
  readonly on: boolean | null;
}
const COLUMNS: readonly Column<Row>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ON', of: ({ on }) => on },
];
const wide = { columns: 80, colours: false };

describe('a table', () => {
  test('keeps its columns one below the other, with Chinese names and emoji too', () => {
    const rows = ['Ada', '王小明', 'Łukasz', '👩‍💻 门卫', 'ｆｕｌｌ'].map((name) => ({ name, on: true }));
    const lines = table(rows, COLUMNS, wide).split('\n');
    expect(lines[2]).toBe('王小明    yes');
    for (const line of lines.slice(1)) expect([line, widthOf(line.slice(0, line.indexOf('yes')))]).toEqual([line, 10]);
  });

  test('cuts what is too wide for the screen, and no character in half', () => {
    const text = table([{ name: '一二三四五六七八九十', on: null }], COLUMNS, { columns: 14, colours: false });
    expect(text).toBe('NAME        ON\n一二三四…   –');
    for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(14);
  });

  test('never cuts what the next command is given, and cuts the rest first', () => {
    const columns = [...COLUMNS, { title: 'ID', of: () => '01a22c54-06dc-7236', whole: true as const }];
    const text = table([{ name: '一二三四五六七八九十', on: null }], columns, { columns: 34, colours: false });
    expect(text).toBe('NAME        ON  ID\n一二三四…   –   01a22c54-06dc-7236');
    const narrow = table([{ name: 'Ada Lovelace', on: null }], columns, { columns: 10, colours: false });
    expect(narrow).toContain('01a22c54-06dc-7236');
    // The line goes on in the next one all the same: then nothing else is cut short.
    expect(narrow).toContain('Ada Lovelace');
  });

  test('has colours only where the screen shows them', () => {
    expect(table([{ name: 'Ada', on: true }], COLUMNS, { columns: 80, colours: true })).toContain('\x1b[1m');
    expect(table([{ name: 'Ada', on: true }], COLUMNS, wide)).not.toContain('\x1b');
    expect(fields([['name', 'Ada']], wide)).toBe('name  Ada');
  });

  test('lets no name move the cursor or change what stands beside it', () => {
    expect(table([{ name: 'A\x1b[2J\r\nB\u202e', on: true }], COLUMNS, wide)).toContain('A�[2J��B�');
  });
});

test.each([
  ['王小明', 6, '王小明'],
  ['王小明', 5, '王小…'],
  ['王小明', 4, '王… '],
  ['abc', 5, 'abc  '],
  ['abc', 0, ''],
])('%s on %d columns is "%s"', (text, columns, fitted) => {
  expect(fit(text, columns)).toBe(fitted);
});

test('a number stands at the right', () => {
  expect(fit('7', 3, 'right')).toBe('  7');
  expect(printable('7\t')).toBe('7�');
});
