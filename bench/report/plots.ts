import { type Chart, drawCharts } from '../../test/soak/draw-charts.ts';
import type { CallersPoint, HistoryPoint } from '../measure.ts';
import type { Results } from './results.ts';

/** The plots of docs/performance.md by the names of their files; none of what wasn't measured. */
export function plotsOf({ now, before }: Pick<Results, 'now' | 'before'>): Record<string, string> {
  const plots: Record<string, string> = {};
  const { callers = [], history = [] } = now.curves;
  if (callers.length > 0) {
    const charts = chartsOfCallers(callers, before?.curves.callers ?? []);
    plots['throughput.svg'] = drawCharts('Operations a second and how long each takes, by callers', charts);
  }
  if (history.length > 0)
    plots['history.svg'] = drawCharts(
      'How long an operation takes, by history',
      chartsOfHistory(history, before?.curves.history ?? []),
    );
  return plots;
}

function chartsOfCallers(now: readonly CallersPoint[], before: readonly CallersPoint[]): Chart[] {
  const across = { name: 'callers', steps: now.map(({ callers }) => String(callers)) };
  const lines = (of: (point: CallersPoint) => number, name: string) => [
    { name, points: now.map((point, step) => [step, of(point)] as const) },
    ...(before.length === 0
      ? []
      : [{ name: `${name}, before`, points: before.map((point, step) => [step, of(point)] as const) }]),
  ];
  return [
    {
      title: 'Throughput',
      unit: 'operations a second',
      across,
      lines: lines((point) => point.operationsPerSecond, 'operations'),
    },
    {
      title: 'From request to answer',
      unit: 'ms',
      across,
      lines: [...lines((point) => point.p50Ms, 'p50'), ...lines((point) => point.p99Ms, 'p99')],
    },
  ];
}

function chartsOfHistory(now: readonly HistoryPoint[], before: readonly HistoryPoint[]): Chart[] {
  const sizes = now.map(({ cards }) => cards);
  const across = { name: 'cards', steps: sizes.map((cards) => cards.toLocaleString('en')) };
  const line = (name: string, points: readonly HistoryPoint[], of: (point: HistoryPoint) => number) => ({
    name,
    points: points.map((point) => [sizes.indexOf(point.cards), of(point)] as const).filter(([step]) => step !== -1),
  });
  const both = (names: readonly [string, string], of: (point: HistoryPoint) => number) => [
    line(names[0], now, of),
    ...(before.length === 0 ? [] : [line(names[1], before, of)]),
  ];
  return [
    {
      title: 'p50 of a lone caller',
      unit: 'ms',
      across,
      lines: [
        ...both(['issue', 'issue, before'], ({ issueMs }) => issueMs),
        ...both(['cancel', 'cancel, before'], ({ cancelMs }) => cancelMs),
      ],
    },
    { title: 'p50 of queryByRoom', unit: 'ms', across, lines: both(['now', 'before'], ({ queryMs }) => queryMs) },
  ];
}
