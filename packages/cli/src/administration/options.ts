import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { CommandFailure, usageError } from '../exit.ts';
import { INSTALLATION } from '../installation.ts';
import type { Terminal } from '../terminal.ts';

/** Options that many commands take, each with one meaning. */

export interface ServerOptions {
  /** Where nobody names one: see `findServer`. */
  readonly data?: string;
  readonly json?: boolean;
}

export interface PropertyOptions extends ServerOptions {
  readonly property?: string;
}

/** A command that a server carries out. */
export function atServer(command: Command): Command {
  return command
    .option(
      '--data <folder>',
      `data folder of the server; unless given, of your login's server or ${INSTALLATION.folders.server}`,
    )
    .option('--json', 'print JSON, as without a terminal');
}

/** A command about one property. */
export function atProperty(command: Command): Command {
  return atServer(command.option('--property <number>', 'number of the property; needed where there are several'));
}

/** A command that asks before it does something that can't be undone, or that somebody will feel. */
export function asksFirst(command: Command): Command {
  return command.option('-y, --yes', 'do it without asking');
}

export interface Asking {
  readonly yes?: boolean;
}

/**
 * Asks whether to do it, unless `--yes` says so. Throws a CommandFailure where the answer isn't yes, or nobody can be asked.
 */
export async function confirm({ person }: Terminal, { yes = false }: Asking, question: string): Promise<void> {
  if (yes) return;
  if (person === undefined) throw usageError('Nobody can be asked here whether to do it; add -y to do it.');
  const answer = (await person.ask(`${question} [y/N] `)).trim();
  if (!/^(?:y|yes|是)$/i.test(answer)) throw new CommandFailure('Nothing was done.');
}

/** As `confirm`, for commands that scripts gave before there was a question: without a terminal they go on as they did. */
export async function confirmAtTerminal(terminal: Terminal, options: Asking, question: string): Promise<void> {
  if (terminal.person !== undefined) await confirm(terminal, options, question);
}

/** What `--limit` takes. */
export function parseLimit(text: string): number {
  if (/^[1-9][0-9]{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number from 1 on.');
}

/** A time, or a day that begins at midnight UTC, as /v1 takes it. */
export function parseTime(text: string): string {
  const time = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('A time is written like 2026-11-30T16:15:00+08:00.');
  return new Date(time).toISOString();
}

/** How many rows of what grows with time are told unless somebody says. */
export const USUAL_ROWS = 50;

/**
 * The rows of a list: as many as `--limit` says, else as many as usual, which are all unless told. Says where there are more
 * than usual.
 */
export async function takeRows<Row>(
  rows: AsyncIterable<Row>,
  { limit, usual = Number.POSITIVE_INFINITY }: { readonly limit?: number | undefined; readonly usual?: number },
  { err }: Pick<Terminal, 'err'>,
): Promise<Row[]> {
  const taken: Row[] = [];
  for await (const row of rows) {
    if (taken.length === (limit ?? usual)) {
      err(`These are the newest ${usual}; --limit says how many to print.`);
      break;
    }
    taken.push(row);
    if (taken.length === limit) break;
  }
  return taken;
}

/** Rows that one page needs to hold. */
export function pageSize({ limit = USUAL_ROWS }: { readonly limit?: number | undefined }): number {
  return Math.min(200, limit + 1);
}

/** What of these was given: what is left out asks for nothing. */
export function given<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** A text of digits as the number of an option, e.g. of days. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}
