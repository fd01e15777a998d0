/** A cell of the rack, where it is drawn. */
export interface PlacedCell {
  readonly top: number;
  readonly left: number;
}

export type Move = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

export const MOVES: Readonly<Record<string, Move>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/** Cells of one line are at one height, but for parts of a pixel. */
const SAME_LINE = 4;

/**
 * Where a key leads from a cell, among those in reading order; the same one where there is nothing more. Up and down keep the
 * column, across floors and buildings: `column` is where one came from, also over a line that is shorter.
 */
export function moveTo(cells: readonly PlacedCell[], from: number, move: Move, column: number): number {
  const cell = cells[from];
  if (cell === undefined) return from;
  switch (move) {
    case 'left':
      return Math.max(0, from - 1);
    case 'right':
      return Math.min(cells.length - 1, from + 1);
    case 'first':
      return 0;
    case 'last':
      return cells.length - 1;
    case 'up':
    case 'down': {
      const step = move === 'up' ? -1 : 1;
      let at = from;
      while (isInLine(cells[at], cell.top)) at += step;
      const line = cells[at];
      if (line === undefined) return from;
      let nearest = at;
      for (; isInLine(cells[at], line.top); at += step) {
        const [best, next] = [cells[nearest], cells[at]];
        if (best && next && Math.abs(next.left - column) < Math.abs(best.left - column)) nearest = at;
      }
      return nearest;
    }
  }
}

function isInLine(cell: PlacedCell | undefined, top: number): boolean {
  return cell !== undefined && Math.abs(cell.top - top) < SAME_LINE;
}
