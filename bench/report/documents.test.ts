import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DOCUMENT, withTable } from './documents.ts';
import { plotsOf } from './plots.ts';
import { measurementOf, NO_RESULTS, readResults, withBench } from './results.ts';

const RUN = { at: '2026-11-30T02:00', commit: 'abcdef0', beforeCommit: '209f631', machine: '2 cores', load: 0.5 };
const PAGE = readFileSync(DOCUMENT, 'utf8');

describe('docs/performance.md', () => {
  test('has the table of bench/results.json: run `npm run bench -- NAME --save` where this fails', () => {
    expect(PAGE).toBe(withTable(PAGE, readResults()));
  });

  test('has the plots of bench/results.json', () => {
    for (const [name, svg] of Object.entries(plotsOf(readResults()))) {
      expect(readFileSync(new URL(`../../docs/images/${name}`, import.meta.url), 'utf8'), name).toBe(svg);
      expect(PAGE).toContain(`images/${name}`);
    }
  });

  test('tells when, where and of which commits a bench was run', () => {
    const results = withBench(readResults(), 'road', RUN, [measurementOf({ values: { 'road-p50': [50] } })]);
    expect(withTable(PAGE, results)).toContain(
      '- `road`: 2026-11-30 02:00 UTC, commit abcdef0 in turns with 209f631; 2 cores; load 0.5 before it began',
    );
  });

  test('is not touched where its table has no place', () => {
    expect(() => withTable('# Performance', readResults())).toThrow('docs/performance.md lacks');
  });

  test('names only files that there are', () => {
    for (const [, path = ''] of PAGE.matchAll(/\]\((images\/[^)]+)\)/g))
      expect(existsSync(new URL(`../../docs/${path}`, import.meta.url)), path).toBe(true);
  });
});

test('a bench that is measured again takes the place of its earlier run, and keeps what the others found', () => {
  const point = { callers: 1, operationsPerSecond: 1, p50Ms: 1, p99Ms: 1 };
  const road = (value: number) =>
    measurementOf({ values: { 'road-p50': [value], 'road-p99': [2 * value] }, curves: { callers: [point] } });
  const lone = (value: number) => measurementOf({ values: { 'lone-p50': [value] } });
  const first = withBench(NO_RESULTS, 'road', RUN, [road(50), road(104)]);
  const both = withBench(first, 'lone', RUN, [lone(3), lone(5)]);
  const again = withBench(both, 'road', { ...RUN, commit: '1234567' }, [
    measurementOf({ values: { 'road-p50': [40] } }),
  ]);
  expect(again.runs.road?.commit).toBe('1234567');
  expect(again.now).toEqual({ figures: { ...lone(3).figures, 'road-p50': spread(40) }, curves: {} });
  expect(again.before).toEqual(lone(5));
  expect(withBench(first, 'road', RUN, [road(40)]).before).toBeNull();
});

const spread = (value: number) => ({ median: value, least: value, most: value, rounds: 1 });
