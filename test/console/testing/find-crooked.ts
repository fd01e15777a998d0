import type { Page } from 'playwright-core';

/** Pixels that a text may stand above or below the middle of its button: letters differ above and below their line. */
const OFF = 3;

/** What may be wider than its place: code, and bars of choices, which are moved by the finger as they are read. */
const MAY_SCROLL = 'pre, fieldset';

/**
 * What a designer would see at once and no other check does, a line each: a label that isn't in the middle of its button, or is cut, a
 * row of a table whose cells aren't below their headings, and what has to be scrolled sideways to be read.
 */
export function findCrooked(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const found = [];
    const isSeen = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 0;
    for (const button of document.querySelectorAll('.mantine-Button-root')) {
      const label = button.querySelector('.mantine-Button-label');
      if (!isSeen(button) || label === null) continue;
      const range = document.createRange();
      range.selectNodeContents(label);
      const [text, box] = [range.getBoundingClientRect(), button.getBoundingClientRect()];
      const room = label.getBoundingClientRect().height;
      if (room + 1 < text.height) found.push('"' + label.textContent + '" takes ' + text.height + ' px, and has ' + room);
      const off = text.top + text.height / 2 - (box.top + box.height / 2);
      if (Math.abs(off) > ${OFF}) found.push('"' + label.textContent + '" is ' + off.toFixed(0) + ' px from the middle of its button');
    }
    for (const table of document.querySelectorAll('table')) {
      const headings = Array.from(table.querySelectorAll('thead th')).filter(isSeen);
      for (const row of table.querySelectorAll('tbody tr')) {
        const cells = Array.from(row.cells).filter(isSeen);
        if (cells.length === 0 || headings.length === 0 || cells.some((cell) => cell.colSpan > 1)) continue;
        if (cells.length !== headings.length) {
          found.push(cells.length + ' cells below ' + headings.length + ' headings: ' + row.textContent);
          break;
        }
      }
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push('the page is ' + scrollWidth + ' px wide in a window of ' + clientWidth);
    for (const part of document.querySelectorAll('#root *:not(${MAY_SCROLL})')) {
      const isScrolled = ['auto', 'scroll'].includes(getComputedStyle(part).overflowX) && part.scrollWidth > part.clientWidth + 1;
      if (isScrolled && isSeen(part)) found.push(part.tagName + '.' + part.getAttribute('class') + ' has to be scrolled sideways');
    }
    return found;
  })()`);
}
