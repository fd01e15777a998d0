import type { Terminal } from '../terminal.ts';
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
  if (json || screen === undefined) terminal.out(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) terminal.out('None.');
  else terminal.out(table(rows, columns, screen));
}

/** Prints one thing: its fields for a person at a screen, else JSON. */
export function printOne(terminal: Terminal, thing: object, { json = false }: PrintOptions): void {
  const { screen } = terminal;
  if (json || screen === undefined) terminal.out(JSON.stringify(thing, null, 2));
  else terminal.out(fields(pairsOf(thing), screen));
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
