import { readFileSync } from 'node:fs';

/** A block of code in a document. */
export interface Block {
  /** What the fence names; `indented` where there is none. */
  readonly language: string;
  readonly text: string;
  /** Of its first line, from 1 on. */
  readonly line: number;
}

/** @param name from the root of the repository, e.g. `docs/server.md` */
export function readDocument(name: string): string {
  return readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
}

/** Every block of code of a Markdown page, in order: fenced ones and, outside of lists, those that are set in by four blanks. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let open: { language: string; lines: string[]; line: number } | null = null;
  const end = () => {
    if (open !== null) blocks.push({ language: open.language, text: open.lines.join('\n').trimEnd(), line: open.line });
    open = null;
  };
  let inList = false;
  for (const [index, line] of page.split('\n').entries()) {
    const fence = /^```(\w*)$/.exec(line);
    if (open !== null && open.language !== 'indented') {
      if (fence !== null) end();
      else open.lines.push(line);
      continue;
    }
    const setIn = /^ {4}/.test(line);
    if (open !== null && (setIn || line === '')) {
      open.lines.push(line.slice(4));
      continue;
    }
    end();
    if (fence !== null) open = { language: fence[1] || 'text', lines: [], line: index + 2 };
    else if (setIn && !inList) open = { language: 'indented', lines: [line.slice(4)], line: index + 1 };
    if (line !== '') inList = /^(?:[-*]|\d+\.) /.test(line) || (inList && /^ {2}/.test(line));
  }
  end();
  return blocks;
}

/** The only block of that language in a page. */
export function blockIn(page: string, language: string): string {
  const [block, ...more] = blocksOf(page).filter((each) => each.language === language);
  if (block === undefined || more.length > 0)
    throw new Error(`the page needs one ${language} block, and has another number`);
  return `${block.text}\n`;
}
