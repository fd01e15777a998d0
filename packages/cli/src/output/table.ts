import type { Screen } from '../terminal.ts';
import { fit, printable, widthOf } from './text-width.ts';

/** A column of a table for people. */
export interface Column<Row> {
  readonly title: string;
  /** What stands in it; null for nothing. */
  readonly of: (row: Row) => string | number | boolean | null | undefined;
  readonly align?: 'right';
  /** It is never cut, e.g. an id that the next command is given: a line that is too long goes on in the next one. */
  readonly whole?: true;
}

const GAP = '  ';
/** What a column keeps of its contents on a narrow screen. */
const LEAST_COLUMNS = 6;
/** What it keeps where the line goes on in the next one anyway, since what is never cut takes too much. */
const LEAST_WHERE_TOO_LONG = 24;

/** Rows under the titles of their columns. On a narrow screen the widest columns are cut first. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], screen: Screen): string {
  const cells = rows.map((row) => columns.map(({ of }) => cellOf(of(row))));
  const titles = columns.map(({ title }) => title);
  const wanted = columns.map((_, at) => Math.max(...[titles, ...cells].map((line) => widthOf(line[at] ?? ''))));
  const mayCut = columns.map(({ whole = false }) => !whole);
  const widths = narrowed(wanted, mayCut, screen.columns - GAP.length * (columns.length - 1));
  const lineOf = (line: readonly string[]) =>
    line
      .map((text, at) => fit(text, widths[at] ?? 0, columns[at]?.align))
      .join(GAP)
      .trimEnd();
  return [emphasised(lineOf(titles), screen), ...cells.map(lineOf)].join('\n');
}

/** Fields of one thing, a line each. A value that doesn't fit goes on in the next line by itself. */
export function fields(pairs: readonly (readonly [title: string, value: unknown])[], screen: Screen): string {
  const width = Math.max(...pairs.map(([title]) => widthOf(title)));
  return pairs.map(([title, value]) => `${emphasised(fit(title, width), screen)}${GAP}${cellOf(value)}`).join('\n');
}

export function cellOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return printable(String(value));
}

function narrowed(wanted: readonly number[], mayCut: readonly boolean[], room: number): number[] {
  const widths = [...wanted];
  const shortest = wanted.reduce((sum, width, at) => sum + (mayCut[at] ? Math.min(width, LEAST_COLUMNS) : width), 0);
  const least = shortest > room ? LEAST_WHERE_TOO_LONG : LEAST_COLUMNS;
  let tooMuch = widths.reduce((sum, width) => sum + width, 0) - room;
  while (tooMuch > 0) {
    const widest = Math.max(...widths.filter((_, at) => mayCut[at]));
    if (widest <= least) break;
    widths[widths.findIndex((width, at) => width === widest && mayCut[at])] = widest - 1;
    tooMuch -= 1;
  }
  return widths;
}

function emphasised(text: string, { colours }: Screen): string {
  return colours ? `\x1b[1m${text}\x1b[22m` : text;
}
