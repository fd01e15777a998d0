/** Prints codes on a sheet of their own: nothing else of the page is on it. */
export function printCodes(title: string, codes: readonly string[]): void {
  const frame = document.createElement('iframe');
  frame.width = '0';
  frame.height = '0';
  document.body.append(frame);
  const sheet = frame.contentDocument;
  const view = frame.contentWindow;
  if (sheet === null || view === null) return;
  const heading = sheet.createElement('h1');
  heading.textContent = title;
  const list = sheet.createElement('ol');
  for (const code of codes) {
    const item = sheet.createElement('li');
    item.textContent = code;
    list.append(item);
  }
  sheet.body.append(heading, list);
  view.addEventListener('afterprint', () => frame.remove());
  view.print();
}
