import { CommandLineError, readArguments, wholeNumber } from '../command-line/read-arguments.ts';
import { TARGET_NAMES } from './target.ts';

/** What `npm run fuzz` is asked to do. */
export interface Command {
  readonly inputs: number;
  readonly seed: number;
  /** Targets whose name contains this are fed; the others keep their share of the inputs to themselves. */
  readonly only: string;
  /** How many times as long as usual answers and ends may take, on a machine that is busy with other things. */
  readonly patience: number;
}

/** Seeds that are drawn when none is given: short enough to be typed again. */
const SEEDS = 1_000_000;

export const USAGE = `npm run fuzz -- [--inputs N]   feeds N inputs (1,000,000) to everything that strangers reach
  --seed S      makes the inputs of the run that printed this seed
  --only NAME   leaves out the targets whose name doesn't contain NAME
  --patience N  allows N times as long for answers and ends (1), on a machine that is busy with other things
  --help        says this

Half of the inputs go straight into what reads them, the others over sockets to programs of their own. The last line says
"held" or "failed", with the numbers. It failed, and the exit code is 1, where there was a crash, an answer 5xx or a slow
one, a connection that was kept after its end, or the death of a program; where a program's memory grew by more than
10 % after the first 100,000 inputs; or where a right request beside them failed or took longer than 2 s.`;

/** Says what was asked for, or throws a `CommandLineError` that says what is wrong with it. */
export function readCommandLine(args: readonly string[]): Command | 'help' {
  const { values } = readArguments({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      inputs: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: String(1 + (Date.now() % SEEDS)) },
      only: { type: 'string', default: '' },
      patience: { type: 'string', default: '1' },
    },
  });
  if (values.help) return 'help';
  if (!TARGET_NAMES.some((name) => name.includes(values.only)))
    throw new CommandLineError(`--only takes a part of one of these names: ${TARGET_NAMES.join(', ')}.`);
  return {
    inputs: wholeNumber('--inputs', values.inputs),
    seed: wholeNumber('--seed', values.seed),
    only: values.only,
    patience: wholeNumber('--patience', values.patience),
  };
}
