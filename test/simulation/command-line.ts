import { CommandLineError, readArguments, wholeNumber } from '../command-line/read-arguments.ts';

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
npm run simulate -- --mutants … --record     and notes the first seed that catches each that is named, or of all
                                             each whose known seed doesn't any more`;

/** Says what was asked for, or throws a `CommandLineError` that says what is wrong with it. */
export function readCommandLine(args: readonly string[], mutants: readonly string[]): Command {
  const { values, positionals } = readArguments({
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
    return { do: 'replay', seed: wholeNumber('--seed', seed) };
  }
  return { do: 'run seeds', from: wholeNumber('--from', from ?? '1'), seeds: wholeNumber('--seeds', seeds ?? '1000') };
}
