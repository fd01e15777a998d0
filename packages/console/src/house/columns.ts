import type { Field } from './change.ts';

/** The columns of the table of rooms. */
export type Column = 'select' | 'place' | 'cardType' | 'lockNumber' | Field;

const EDITED: readonly Column[] = ['number', 'name', 'lockType', 'gateway', 'keyVersion'];

export function isEdited(column: Column): column is Field {
  return EDITED.includes(column);
}

/** Which columns are shown: the place only where rooms of several floors are. */
export function columnsFor(shown: { readonly canWrite: boolean; readonly places: boolean }): readonly Column[] {
  return [
    ...(shown.canWrite ? (['select'] as const) : []),
    'number',
    'name',
    ...(shown.places ? (['place'] as const) : []),
    'lockType',
    'cardType',
    'lockNumber',
    'gateway',
    'keyVersion',
  ];
}

/** Where a key leads in a grid, from row and column; null for a key that leads nowhere. */
export function cellAt(
  key: string,
  from: { readonly row: number; readonly column: number },
  size: { readonly rows: number; readonly columns: number },
  ctrl: boolean,
): { readonly row: number; readonly column: number } | null {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const row = (to: number) => ({ ...from, row: Math.min(lastRow, Math.max(0, to)) });
  const column = (to: number) => ({ ...from, column: Math.min(lastColumn, Math.max(0, to)) });
  switch (key) {
    case 'ArrowUp':
      return row(ctrl ? 0 : from.row - 1);
    case 'ArrowDown':
      return row(ctrl ? lastRow : from.row + 1);
    case 'PageUp':
      return row(from.row - 10);
    case 'PageDown':
      return row(from.row + 10);
    case 'ArrowLeft':
      return column(from.column - 1);
    case 'ArrowRight':
      return column(from.column + 1);
    case 'Home':
      return ctrl ? { row: 0, column: 0 } : column(0);
    case 'End':
      return ctrl ? { row: lastRow, column: lastColumn } : column(lastColumn);
    default:
      return null;
  }
}
