import { CommandFailure } from '../exit.ts';
import { printable } from '../output/text-width.ts';
import type { Terminal } from '../terminal.ts';

/** What is wrong with a line of a file. */
export interface LineProblem {
  readonly line: number;
  readonly field: string;
  /** Goes on from the name of the field: "is …". */
  readonly detail: string;
}

/** Problems that a person can read at once. */
const MOST_TOLD = 100;

/** Tells each line that can't be taken, and ends the command: programs get them as JSON. */
export function tellLineProblems(
  { out, screen }: Terminal,
  file: string,
  problems: readonly LineProblem[],
  { json = false }: { readonly json?: boolean },
): never {
  const sorted = [...problems].sort((one, other) => one.line - other.line);
  const told = sorted
    .slice(0, MOST_TOLD)
    .map(({ line, field, detail }) => `  line ${line}: ${field} ${printable(detail)}`);
  if (json || screen === undefined) out(JSON.stringify({ errors: sorted }, null, 2));
  const more = sorted.length > MOST_TOLD ? [`  and ${sorted.length - MOST_TOLD} more`] : [];
  throw new CommandFailure([`${file} has lines that can't be taken:`, ...told, ...more].join('\n'));
}
