import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandLineError, readArguments, wholeNumber } from '../test/command-line/read-arguments.ts';
import { BENCHES, type BenchName } from './figures.ts';
import { THIS_CHECKOUT } from './parts/keyrack-server.ts';
import { BENCH_DATA } from './parts/run-folder.ts';

/** Programs that print what they find for themselves, and have no targets; and what may stand behind the name of each. */
const PROGRAM_ARGUMENTS = {
  'card-readers': ['reader'],
  'command-start': [],
  'password-flood': ['rounds'],
  'store-commit': ['rounds', 'folder'],
  'store-reads': [],
} as const satisfies Record<string, readonly ('reader' | 'rounds' | 'folder')[]>;
export type ProgramName = keyof typeof PROGRAM_ARGUMENTS;
export const PROGRAMS = Object.keys(PROGRAM_ARGUMENTS) as readonly ProgramName[];

/** What `npm run bench` is asked to do. */
export type Command =
  | {
      readonly do: 'measure';
      readonly benches: readonly BenchName[];
      readonly quick: boolean;
      readonly full: boolean;
      readonly servers: readonly string[];
      readonly folder: string;
      readonly profiles: string | null;
      /** Whether results.json and the documents get what was found. */
      readonly save: boolean;
    }
  /** Makes the data of `growth`, and measures nothing. */
  | { readonly do: 'prepare'; readonly full: boolean; readonly servers: readonly string[]; readonly folder: string }
  | { readonly do: 'run'; readonly program: ProgramName; readonly args: readonly string[] };

export const USAGE = `npm run bench                      measures everything (8 minutes), prints a table of figures and targets, and
                                   writes bench/results.json, docs/performance.md and its plots
npm run bench -- NAME [OPTIONS]    measures one: ${BENCHES.join(', ')}; or runs one of these programs, with what it takes:
                                   ${PROGRAMS.join(', ')}
  --quick         within 50 seconds, for a first look
  --full          growth: 5 million cards as well, of the first --server alone
  --prepare       growth: makes its data once (a few minutes), and measures nothing
  --server PATH   measures the Keyrack of that checkout; several take turns, and the table has the first one's verdicts
  --folder PATH   puts data there (${join('data', 'bench')}); a folder in memory makes commits free
  --profile PATH  puts CPU profiles of the servers there
  --save          writes what NAME found as well
  --help          says this`;

/** Says what was asked for, or throws a `CommandLineError` that says what is wrong with it. */
export function readCommandLine(args: readonly string[]): Command | 'help' {
  const [first] = args;
  const program = PROGRAMS.find((name) => name === first);
  if (program !== undefined && args.includes('--help')) return 'help';
  if (program !== undefined) return { do: 'run', program, args: programArguments(program, args.slice(1)) };
  const { values, positionals } = readArguments({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      prepare: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      server: { type: 'string', multiple: true, default: [THIS_CHECKOUT] },
      folder: { type: 'string', default: BENCH_DATA },
      profile: { type: 'string' },
    },
  });
  if (values.help) return 'help';
  const benches = positionals.length === 0 ? BENCHES : [benchOf(positionals)];
  const only = positionals.length === 0 ? null : benches[0];
  const folder = folderOf('--folder', values.folder);
  const servers = values.server.map(checkoutOf);
  if (values.full && only !== 'growth' && only !== null)
    throw new CommandLineError('--full belongs to growth, or to all: npm run bench -- growth --full');
  if (values.prepare && only !== 'growth')
    throw new CommandLineError('--prepare belongs to growth: npm run bench -- growth --prepare');
  if (values.quick && values.full)
    throw new CommandLineError('--full takes minutes, and --quick is within 50 seconds. Leave out one of them.');
  if (values.prepare && (values.quick || values.save || values.profile !== undefined))
    throw new CommandLineError('--prepare measures nothing. It goes with --full, --server and --folder alone.');
  if (values.prepare) return { do: 'prepare', full: values.full, servers, folder };
  if (values.quick && only === null) throw new CommandLineError(`--quick takes one NAME: ${BENCHES.join(', ')}.`);
  if (values.save && values.quick)
    throw new CommandLineError('What --quick finds is not saved. Leave out one of them.');
  const profiles = values.profile === undefined ? null : folderOf('--profile', values.profile);
  const save = values.save || only === null;
  return { do: 'measure', benches, quick: values.quick, full: values.full, servers, folder, profiles, save };
}

function programArguments(program: ProgramName, args: readonly string[]): readonly string[] {
  const taken = PROGRAM_ARGUMENTS[program];
  const option = args.find((arg) => arg.startsWith('-'));
  if (option !== undefined || args.length > taken.length) {
    const usage = [program, ...taken.map((name) => `[${name}]`)].join(' ');
    throw new CommandLineError(`"${option ?? args.join(' ')}" is not what it takes: npm run bench -- ${usage}`);
  }
  for (const [place, arg] of args.entries()) {
    if (taken[place] === 'rounds') wholeNumber('rounds', arg);
    if (taken[place] === 'folder' && !statSync(arg, { throwIfNoEntry: false })?.isDirectory())
      throw new CommandLineError(`There is no folder ${arg}.`);
  }
  return args;
}

function benchOf(names: readonly string[]): BenchName {
  const [name, second] = names;
  if (second !== undefined)
    throw new CommandLineError(`One NAME at a time, or none for all; not "${names.join(' ')}".`);
  const found = BENCHES.find((each) => each === name);
  if (found !== undefined) return found;
  throw new CommandLineError(`There is no "${name}". There are ${[...BENCHES, ...PROGRAMS].join(', ')}.`);
}

/** It is made where it is missing. */
function folderOf(option: string, path: string): string {
  const folder = resolve(path);
  if (path === '') throw new CommandLineError(`${option} takes the path of a folder.`);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new CommandLineError(`${option} takes the path of a folder, and ${folder} is a file.`);
  return folder;
}

function checkoutOf(path: string): string {
  const folder = resolve(path);
  if (existsSync(join(folder, 'packages/cli/src/main.ts'))) return folder;
  throw new CommandLineError(`--server takes the folder of a Keyrack checkout, and ${folder} is none.`);
}
