import { CommandLineError, readArguments, wholeNumber } from '../command-line/read-arguments.ts';
import { TARGET_NAMES } from './target.ts';

/** What `npm run fuzz` is asked to do. */
export interface Command {
  readonly inputs: number;
  readonly seed: number;
  /** Targets whose name contains this are fed; the others keep their share of the inputs to themselves. */
  readonly only: string;
}

/** Seeds that are drawn when none is given: short enough to be typed again. */
const SEEDS = 1_000_000;

export const USAGE = `npm run fuzz -- [--inputs N]   feeds N inputs (1,000,000) to everything that strangers reach
  --seed S      makes the inputs of the run that printed this seed
  --only NAME   leaves out the targets whose name doesn't contain NAME
  --help        says this

Ends with "inputs N, crashes N, 5xx N, slow N", and with exit code 1 where one of the last three isn't 0.`;

/** Says what was asked for, or throws a `CommandLineError` that says what is wrong with it. */
export function readCommandLine(args: readonly string[]): Command | 'help' {
  const { values } = readArguments({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      inputs: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: String(1 + (Date.now() % SEEDS)) },
      only: { type: 'string', default: '' },
    },
  });
  if (values.help) return 'help';
  if (!TARGET_NAMES.some((name) => name.includes(values.only)))
    throw new CommandLineError(`--only takes a part of one of these names: ${TARGET_NAMES.join(', ')}.`);
  return {
    inputs: wholeNumber('--inputs', values.inputs),
    seed: wholeNumber('--seed', values.seed),
    only: values.only,
  };
}
