import { expect, test } from 'vitest';
import { moveTo, type PlacedCell } from './rack-moves.ts';

/** Lines of cells, each 70 wide. */
const cells = (...counts: number[]): PlacedCell[] =>
  counts.flatMap((count, line) => Array.from({ length: count }, (_, at) => ({ top: line * 54, left: at * 70 })));

test('arrows go on over the end of a line, and stop at the ends of the rack', () => {
  const two = cells(3, 3);
  expect(moveTo(two, 2, 'right', 0)).toBe(3);
  expect(moveTo(two, 3, 'left', 0)).toBe(2);
  expect([moveTo(two, 0, 'left', 0), moveTo(two, 5, 'right', 0)]).toEqual([0, 5]);
  expect([moveTo(two, 4, 'first', 0), moveTo(two, 1, 'last', 0)]).toEqual([0, 5]);
});

test('up and down keep the column, also over a line that is shorter', () => {
  const three = cells(5, 2, 5);
  const column = 4 * 70;
  const short = moveTo(three, 4, 'down', column);
  expect(short).toBe(6);
  expect(moveTo(three, short, 'down', column)).toBe(11);
  expect(moveTo(three, 11, 'up', column)).toBe(6);
  expect(moveTo(three, 1, 'up', 70)).toBe(1);
  expect(moveTo(three, 11, 'down', column)).toBe(11);
});
