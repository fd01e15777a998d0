import { parseArgs } from 'node:util';

/** What `npm run simulate` is asked to do. */
export type Command =
  | { readonly do: 'help' }
  | { readonly do: 'run seeds'; readonly from: number; readonly seeds: number }
  | { readonly do: 'replay'; readonly seed: number }
  /** No names: all of them. */
  | { readonly do: 'run mutants'; readonly names: readonly string[]; readonly record: boolean };

export const USAGE = `npm run simulate -- [--seeds N] [--from S]   runs N seeds (1,000) from S (1) on, on all cores
npm run simulate -- --seed S                 replays one seed, and tells what happened when it fails
npm run simulate -- --mutants [NAME …]       sees that these planted faults (all) are caught
npm run simulate -- --mutants … --record     and notes the first seed that catches each`;

/** Says what was asked for, or throws a `CommandLineError` that says what is wrong with it. */
export function readCommandLine(args: readonly string[], mutants: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const { help, seeds, from, seed, mutants: wantsMutants, record } = values;
  if (help) return { do: 'help' };
  if (wantsMutants) {
    if (seeds !== undefined || from !== undefined || seed !== undefined)
      throw new CommandLineError('--mutants takes names of mutants, and no seeds.');
    const unknown = positionals.filter((name) => !mutants.includes(name));
    if (unknown.length > 0)
      throw new CommandLineError(`no such mutant: ${unknown.join(', ')}. There are: ${mutants.join(', ')}.`);
    return { do: 'run mutants', names: positionals, record };
  }
  if (record) throw new CommandLineError('--record goes with --mutants.');
  if (positionals.length > 0)
    throw new CommandLineError(`what is ${positionals.join(' ')}? Names of mutants go with --mutants.`);
  if (seed !== undefined) {
    if (seeds !== undefined || from !== undefined)
      throw new CommandLineError('--seed replays one seed: leave --seeds and --from out.');
    return { do: 'replay', seed: positive('--seed', seed) };
  }
  return { do: 'run seeds', from: positive('--from', from ?? '1'), seeds: positive('--seeds', seeds ?? '1000') };
}

/** Its message is for the person at the command line. */
export class CommandLineError extends Error {}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        seeds: { type: 'string' },
        from: { type: 'string' },
        seed: { type: 'string' },
        mutants: { type: 'boolean', default: false },
        record: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new CommandLineError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!/^\d{1,12}$/.test(text) || value === 0)
    throw new CommandLineError(`${option} takes a whole number from 1 on, not "${text}".`);
  return value;
}
