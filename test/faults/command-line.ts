import { CommandLineError, minutesOf, readArguments, wholeNumber } from '../command-line/read-arguments.ts';

/** What `npm run faults` is asked to do. */
export interface Command {
  readonly minutes: number;
  readonly seed: number;
  readonly desks: number;
}

/** So many that one machine has the memory for their processes. */
const MOST_DESKS = 9;

export const USAGE = `npm run faults -- [--minutes N]   kills, cuts off and starves a server and its agents for N minutes (2)
  --seed S    draws the faults and the load as the run that printed this seed
  --desks N   front desks, each with its agent and two encoders (3)
  --help      says this

Ends with "kills N, operations N, lost N, contradictions N, stuck N", and with exit code 1 where one of the last three
isn't 0. A full disk needs Linux and root, and is left out elsewhere.`;

/** Says what was asked for, or throws a `CommandLineError` that says what is wrong with it. */
export function readCommandLine(args: readonly string[]): Command | 'help' {
  const { values } = readArguments({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      minutes: { type: 'string', default: '2' },
      seed: { type: 'string', default: String(1 + (Date.now() % 1_000_000)) },
      desks: { type: 'string', default: '3' },
    },
  });
  if (values.help) return 'help';
  const desks = wholeNumber('--desks', values.desks);
  if (desks > MOST_DESKS) throw new CommandLineError(`--desks takes 1 to ${MOST_DESKS}, not ${desks}.`);
  return { minutes: minutesOf('--minutes', values.minutes), seed: wholeNumber('--seed', values.seed), desks };
}
