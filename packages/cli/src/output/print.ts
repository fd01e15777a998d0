import type { Terminal } from '../terminal.ts';
import { toJson } from './printable.ts';
import { type Column, cellOf, fields, table } from './table.ts';

export interface PrintOptions {
  /** JSON, whoever reads it. */
  readonly json?: boolean | undefined;
}

/** Prints rows: a table for a person at a screen, else JSON. */
export function printRows<Row>(
  terminal: Terminal,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { json = false }: PrintOptions,
): void {
  const { screen } = terminal;
  if (json || screen === undefined) terminal.out(toJson(rows));
  else if (rows.length === 0) terminal.out('None.');
  else terminal.out(table(rows, columns, screen));
}

/** How lists within a thing are shown, by their names. */
// biome-ignore lint/suspicious/noExplicitAny: each list has rows of its own.
export type ListColumns = Readonly<Record<string, readonly Column<any>[]>>;

/** Prints one thing: its fields for a person at a screen, and lists in it as tables; else JSON. */
export function printOne(
  terminal: Terminal,
  thing: object,
  { json = false }: PrintOptions,
  lists: ListColumns = {},
): void {
  const { screen } = terminal;
  if (json || screen === undefined) {
    terminal.out(toJson(thing));
    return;
  }
  const tables = Object.entries(thing).filter((entry): entry is [string, object[]] => isList(entry[1]));
  const pairs = Object.entries(thing).filter(([, value]) => !isList(value));
  terminal.out(fields(pairsOf(Object.fromEntries(pairs)), screen));
  for (const [name, rows] of tables) terminal.out(`\n${name}\n${table(rows, lists[name] ?? columnsOf(rows), screen)}`);
}

function isList(value: unknown): value is object[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'object' && each !== null);
}

/** A column for each field that some row has; ids last, for they are long. */
function columnsOf(rows: readonly object[]): Column<object>[] {
  const flat = new Map(rows.map((row) => [row, new Map(pairsOf(row))]));
  const told = [...flat.values()].flatMap((pairs) => [...pairs].filter(([, text]) => text !== cellOf(null)));
  const names = [...new Set(told.map(([name]) => name))];
  const isId = (name: string) => /(^|\.)id$/.test(name);
  return names
    .sort((one, other) => Number(isId(one)) - Number(isId(other)))
    .map((name) => ({
      title: name,
      of: (row) => flat.get(row)?.get(name),
      ...(isId(name) && { whole: true as const }),
    }));
}

/** The fields of a thing and of the things in it, e.g. `lock.number`. */
function pairsOf(thing: object, before = ''): [string, string][] {
  return Object.entries(thing).flatMap(([name, value]): [string, string][] => {
    if (Array.isArray(value)) return [[`${before}${name}`, cellOf(value.map(inList).join(', '))]];
    if (typeof value === 'object' && value !== null) return pairsOf(value, `${before}${name}.`);
    return [[`${before}${name}`, cellOf(value)]];
  });
}

function inList(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
