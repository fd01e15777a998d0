/** Lines of one turn of the program, written together. */
export interface GatheredLines {
  /** Takes a line, which ends with its line break. */
  add(line: string): void;
  /** Writes what was taken. */
  flush(): void;
}

/** What is gathered at most before it is written all the same. Characters. */
const MOST_GATHERED = 64 * 1024;

/**
 * Gathers lines until the program waits for its next event: a busy server writes a dozen lines in one turn, and each write
 * takes as long as what it tells of. A process that is killed in the middle of a turn loses the lines of that turn.
 */
export function gatherLines(write: (text: string, lines: number) => void): GatheredLines {
  let text = '';
  let lines = 0;
  let next: NodeJS.Immediate | null = null;
  const flush = () => {
    if (next !== null) clearImmediate(next);
    next = null;
    if (lines === 0) return;
    const [gathered, many] = [text, lines];
    text = '';
    lines = 0;
    write(gathered, many);
  };
  return {
    add(line) {
      text += line;
      lines += 1;
      if (text.length >= MOST_GATHERED) flush();
      else next ??= setImmediate(flush);
    },
    flush,
  };
}
