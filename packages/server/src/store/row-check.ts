import { isPortableText } from '../domain/portable-text.ts';
import { tableOf } from './index-order.ts';
import type { TableName } from './row-types.ts';

/**
 * Throws a TypeError unless the row has exactly its table's columns, each with a value of its kind. It finds bugs
 * before they are durable, alike in every engine. The message names the column and not the value, which may be a
 * guest's.
 */
export function checkRow(name: TableName, row: Readonly<Record<string, unknown>>): void {
  const { columns } = tableOf(name);
  let expected = 0;
  for (const column in columns) {
    expected++;
    if (!fits(row[column], columns[column] as string))
      throw new TypeError(`${name}.${column} must be ${columns[column]}`);
  }
  let found = 0;
  for (const _ in row) found++;
  if (found !== expected) throw new TypeError(`a row of ${name} has a column that the table lacks`);
}

function fits(value: unknown, kind: string): boolean {
  if (value === null) return kind.endsWith('?');
  switch (typeof value) {
    case 'string':
      return kind.startsWith('text') && isPortableText(value);
    case 'number':
      return kind.startsWith('integer') && Number.isSafeInteger(value);
    case 'boolean':
      return kind.startsWith('boolean');
    case 'object':
      return kind.startsWith('json');
    default:
      return false;
  }
}
