/** What stands in one cell. */
export type Cell = string | number | null;

/** Spreadsheets carry out what begins with one of these, the full-width ones too, also behind blanks. */
const FORMULA = /^\s*[=+\-@＝＋－＠|%]|^[\t\r\n]/;

/**
 * A line of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets
 * show as a mark of text and not as a character.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** So that spreadsheets know that it is UTF-8. */
export const BYTE_ORDER_MARK = '\u{feff}';
