import { FIGURES, type Figure, type FigureName, isMet, type Target } from '../figures.ts';
import type { Measurement, Results } from './results.ts';
import type { Spread } from './statistics.ts';

/** The table of figures, as cells: `before` has a column where something was measured against another Keyrack. */
export function tableOf({ now, before }: Pick<Results, 'now' | 'before'>): string[][] {
  const names = (Object.keys(FIGURES) as FigureName[]).filter((name) => now.figures[name] !== undefined);
  const head = ['figure', 'target', 'measured', 'met or missed'];
  const rows = names.map((name) => rowOf(FIGURES[name], now, before, name));
  return before === null ? [head, ...rows.map((row) => row.slice(0, 4))] : [[...head, 'the code before'], ...rows];
}

function rowOf(figure: Figure, now: Measurement, before: Measurement | null, name: FigureName): string[] {
  const spread = now.figures[name];
  const earlier = before?.figures[name];
  return [
    figure.what,
    targetText(figure),
    spread === undefined ? '' : spreadText(figure, spread),
    spread === undefined ? '' : verdictOf(figure.target, spread.median) + reserveOf(figure, now),
    earlier === undefined ? '' : spreadText(figure, earlier),
  ];
}

export function verdictOf(target: Target, value: number): '' | 'met' | 'missed' {
  if (target === null) return '';
  // A figure that couldn't be measured is missed.
  return isMet(target, value) ? 'met' : 'missed';
}

/** What a verdict doesn't tell by itself. */
function reserveOf({ fair }: Figure, now: Measurement): string {
  const condition = fair && now.figures[fair.figure as FigureName];
  return fair === undefined || condition === undefined || condition.median >= fair.atLeast ? '' : `, ${fair.otherwise}`;
}

function targetText({ target, unit }: Figure): string {
  if (target === null) return '';
  if ('atLeast' in target) return withUnit(`≥ ${target.atLeast}`, unit);
  return withUnit('atMost' in target ? `≤ ${target.atMost}` : `< ${target.under}`, unit);
}

/** The median, and between which rounds' values it lies. */
function spreadText({ unit, digits }: Figure, { median, least, most, rounds }: Spread): string {
  if (Number.isNaN(median)) return 'not measured';
  const middle = withUnit(median.toFixed(digits), unit);
  return rounds === 1 ? middle : `${middle} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

function withUnit(text: string, unit: string): string {
  if (unit === '') return text;
  return unit.startsWith('/') ? text + unit : `${text} ${unit}`;
}

/** For a terminal: columns of equal width. */
export function plainTable(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(' | ')
      .trimEnd(),
  );
  return [lines[0], widths.map((width) => '-'.repeat(width)).join('-|-'), ...lines.slice(1)].join('\n');
}

/** For a document. */
export function markdownTable(cells: readonly (readonly string[])[]): string {
  const [head = [], ...rows] = cells;
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
