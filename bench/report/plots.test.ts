import { expect, test } from 'vitest';
import type { HistoryPoint } from '../measure.ts';
import { plotsOf } from './plots.ts';

const point = (cards: number): HistoryPoint => ({ cards, issueMs: 5, cancelMs: 5, queryMs: 2 });
const curve = (...cards: number[]) => ({ figures: {}, curves: { history: cards.map(point) } });

test('history is drawn up to the most cards, beside the code before where that was measured', () => {
  const { 'history.svg': svg = '' } = plotsOf({
    now: curve(100_000, 1_000_000, 5_000_000),
    before: curve(100_000, 1_000_000),
  });
  expect(svg).toContain('>5,000,000</text>');
  expect(svg).toContain('>before</text>');
  const lines = [...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, points = '']) => points.split(' ').length);
  expect(lines).toEqual([3, 2, 3, 2, 3, 2]);
});

test('what was not measured has no plot', () => {
  expect(plotsOf({ now: { figures: {}, curves: {} }, before: null })).toEqual({});
});
