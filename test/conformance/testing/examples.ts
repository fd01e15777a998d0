/** An example of a page: the lines of a `sh` block, and what the block behind it says that they print. */
export interface Example {
  readonly lines: readonly string[];
  readonly answer: string;
}

/** Every `sh` block of a Markdown page with the `json` or `text` block that follows it. Throws for one without. */
export function examplesOf(page: string): Example[] {
  const blocks = [...page.matchAll(/^```(sh|json|text)\n([^`]*)\n```$/gm)];
  return blocks.flatMap(([, language, text = ''], at) => {
    if (language !== 'sh') return [];
    const [, next, answer = ''] = blocks[at + 1] ?? [];
    if (next !== 'json' && next !== 'text') throw new Error(`the page doesn't say what this prints: ${text}`);
    return [{ lines: text.split('\n'), answer }];
  });
}

/** The words of a line for a POSIX shell that has no more than words and single quotes. */
export function wordsOf(line: string): string[] {
  return Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '');
}
