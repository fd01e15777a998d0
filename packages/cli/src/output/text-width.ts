import stringWidth from 'string-width';

/** Columns that a text takes on a screen: two for each Chinese character, none for what only changes the one before. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text on so many columns, filled with blanks, or with an ellipsis in the place of what is too much. */
export function fit(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const width = widthOf(text);
  if (width > columns) return fit(cut(text, columns), columns, align);
  const blanks = ' '.repeat(columns - width);
  return align === 'left' ? text + blanks : blanks + text;
}

/** At most so many columns of the text, with an ellipsis where something is left out. */
function cut(text: string, columns: number): string {
  if (columns < 1) return '';
  let kept = '';
  let width = 0;
  for (const { segment } of characters.segment(text)) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

export { printable } from './printable.ts';
