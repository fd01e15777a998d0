import { expect, test } from 'vitest';
import { cellAt, columnsFor } from './columns.ts';

const size = { rows: 5_000, columns: 8 };

test.each([
  ['ArrowDown', false, [1, 2]],
  ['ArrowDown', true, [4_999, 2]],
  ['ArrowUp', false, [0, 2]],
  ['ArrowLeft', false, [0, 1]],
  ['ArrowRight', false, [0, 3]],
  ['PageDown', false, [10, 2]],
  ['Home', false, [0, 0]],
  ['End', false, [0, 7]],
  ['End', true, [4_999, 7]],
])('%s (ctrl %s) leads to %j', (key, ctrl, [row, column]) => {
  expect(cellAt(key, { row: 0, column: 2 }, size, ctrl)).toEqual({ row, column });
});

test('other keys lead nowhere, and nothing leads out of the table', () => {
  expect(cellAt('x', { row: 0, column: 0 }, size, false)).toBeNull();
  expect(cellAt('ArrowRight', { row: 0, column: 7 }, size, false)).toEqual({ row: 0, column: 7 });
  expect(cellAt('PageDown', { row: 4_995, column: 0 }, size, false)).toEqual({ row: 4_999, column: 0 });
});

test('who may change nothing chooses nothing', () => {
  expect(columnsFor({ canWrite: false, places: true })).not.toContain('select');
});
