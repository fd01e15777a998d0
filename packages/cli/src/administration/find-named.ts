import { CommandFailure, usageError } from '../exit.ts';
import { printable } from '../output/text-width.ts';

/** How people may name one of several things, and how a message tells it from the others. */
export interface Naming<Row> {
  /** E.g. `encoder`. */
  readonly what: string;
  /** The command that lists them. */
  readonly list: string;
  /** What each may be called by; the first one is what tells it from all others. */
  readonly namesOf: (row: Row) => readonly (string | number | null | undefined)[];
}

/** Things that a message names. */
const MOST_NAMED = 20;
/** Longer than any name or address of a thing. */
const LONGEST = 2_048;

/**
 * The one thing that somebody means by the whole of one of its names. Nothing is taken for something else: where several could
 * be meant, or only a part fits, the message names them.
 */
export async function findNamed<Row>(rows: AsyncIterable<Row>, said: string, naming: Naming<Row>): Promise<Row> {
  const { what, list, namesOf } = naming;
  const text = said.trim().toLowerCase();
  if (text === '' || text.length > LONGEST) throw usageError(`Name the ${what}; see \`${list}\`.`);
  const meant: Row[] = [];
  const near: Row[] = [];
  for await (const row of rows) {
    const names = namesOf(row)
      .filter((name) => name !== null && name !== undefined)
      .map((name) => String(name).toLowerCase());
    // By what tells it from all others, nothing else can be meant.
    if (names[0] === text) return row;
    if (names.includes(text)) meant.push(row);
    else if (near.length < MOST_NAMED && names.slice(1).some((name) => name.includes(text))) near.push(row);
  }
  const [only, second] = meant;
  if (only !== undefined && second === undefined) return only;
  const shown = `"${printable(said.trim())}"`;
  if (only !== undefined) throw usageError(candidates(`Several are called ${shown}`, meant, naming));
  if (near.length > 0) throw usageError(candidates(`No ${what} is called just ${shown}`, near, naming));
  throw new CommandFailure(`There is no ${what} ${shown}; see \`${list}\`.`);
}

/** A message that names those of which one could be meant. */
export function candidates<Row>(what: string, rows: readonly Row[], { namesOf }: Naming<Row>): string {
  const lines = rows.slice(0, MOST_NAMED).map((row) => {
    const [id, ...names] = namesOf(row).filter((name) => name !== null && name !== undefined && name !== '');
    return `  ${id}  ${names.map((name) => printable(String(name))).join(', ')}`;
  });
  return [`${what}. Name one by what stands first:`, ...lines].join('\n');
}
