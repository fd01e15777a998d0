import { describe, expect, test } from 'vitest';
import { FIGURES, type FigureName } from '../figures.ts';
import { type Measurement, measurementOf, parseResults } from './results.ts';
import { markdownTable, plainTable, tableOf, verdictOf } from './table.ts';

const measured = (figures: { readonly [Name in FigureName]?: readonly number[] }): Measurement =>
  measurementOf({ values: figures });
const rowOf = (cells: string[][], what: string) => cells.find(([first]) => first === what);

describe('a verdict', () => {
  test.each([
    [{ atLeast: 0.75 }, 0.75, 'met'],
    [{ atLeast: 0.75 }, 0.7499, 'missed'],
    [{ atMost: 55 }, 55, 'met'],
    [{ atMost: 55 }, 55.01, 'missed'],
    [{ under: 1.8 }, 1.79, 'met'],
    [{ under: 1.8 }, 1.8, 'missed'],
    [null, 5, ''],
  ] as const)('of %j for %d is "%s"', (target, value, verdict) => {
    expect(verdictOf(target, value)).toBe(verdict);
  });

  test.each(Object.entries(FIGURES).filter(([, { target }]) => target !== null))(
    'of %s that is no number is "missed"',
    (_, { target }) => {
      expect(verdictOf(target, Number.NaN)).toBe('missed');
    },
  );
});

describe('the table', () => {
  test('has figure, target, measured median with its spread, and verdict', () => {
    const now = measured({ 'road-server-cpu': [0.7, 0.9, 0.75], 'road-p50': [80, 60, 70] });
    expect(tableOf({ now, before: null })).toEqual([
      ['figure', 'target', 'measured', 'met or missed'],
      ['road: server CPU an operation at 64 callers', '≤ 0.8 ms', '0.75 ms (0.70 to 0.90)', 'met'],
      ['road: p50 at 64 callers', '≤ 55 ms', '70 ms (60 to 80)', 'missed'],
    ]);
  });

  test('has a reserve where a ratio tells of the disk: the loop waited most of its time', () => {
    const verdict = (busy: number) =>
      tableOf({ now: measured({ 'road-ratio': [3], 'road-loop-busy': [busy] }), before: null })[1]?.at(-1);
    expect(verdict(12)).toBe('met, but the loop mostly waited');
    expect(verdict(60)).toBe('met');
  });

  test('judges the median, not the best round', () => {
    const now = measured({ 'road-p50': [10, 90, 90] });
    expect(tableOf({ now, before: null })[1]?.at(-1)).toBe('missed');
  });

  test('has a column for the code before, where that was measured beside it', () => {
    const now = measured({ 'road-p50': [50], 'road-p99': [80] });
    const cells = tableOf({ now, before: measured({ 'road-p50': [104] }) });
    expect(rowOf(cells, 'road: p50 at 64 callers')).toEqual([
      'road: p50 at 64 callers',
      '≤ 55 ms',
      '50 ms',
      'met',
      '104 ms',
    ]);
    expect(rowOf(cells, 'road: p99 at 64 callers')?.at(-1)).toBe('');
  });

  test('says of a figure that could not be measured that it is missed, also when it comes from the file', () => {
    const now = measured({ 'road-p50': [Number.NaN, 50] });
    const results = { runs: {}, now, before: null };
    expect(tableOf(parseResults(JSON.stringify(results)))[1]?.slice(2)).toEqual(['not measured', 'missed']);
  });

  test('is as wide everywhere on a terminal, and one of Markdown in a document', () => {
    const cells = [
      ['figure', 'target'],
      ['a', '≤ 5'],
    ];
    expect(plainTable(cells)).toBe('figure | target\n-------|-------\na      | ≤ 5');
    expect(markdownTable(cells)).toBe('| figure | target |\n| --- | --- |\n| a | ≤ 5 |');
  });
});
