import { CommandLineError, minutesOf, readArguments, wholeNumber } from '../command-line/read-arguments.ts';

/** Every kind of fault, and what it is. */
export const FAULTS = {
  kills: 'parts are killed, and now and then all at once',
  lines: 'connections are cut, refused and stalled',
  freezes: 'parts stand still for a while',
  'lost-journals': 'an agent that was killed comes back without its journal',
  'journal-disk': "the disk of an agent's journal is full",
  'database-disk': "the disk of the server's database is full",
  'log-disk': 'the disk of all logs is full',
  clock: "the server's clock is set forth or back, and set right again",
  descriptors: 'a part can open no more files and connections',
} as const;

export type FaultName = keyof typeof FAULTS;
const NAMES = Object.keys(FAULTS) as readonly FaultName[];

/** What `npm run faults` is asked to do. */
export interface Command {
  readonly minutes: number;
  readonly seed: number;
  readonly desks: number;
  readonly only: ReadonlySet<FaultName>;
}

/** So many that one machine has the memory for their processes. */
const MOST_DESKS = 9;

export const USAGE = `npm run faults -- [--minutes N]   kills, cuts off and starves a server and its agents for N minutes (2)
  --seed S      draws the faults and the load as the run that printed this seed
  --desks N     front desks, each with its agent and two encoders (3)
  --only LIST   these faults alone, with commas between them: --only clock, or --only kills,clock
  --help        says this

Faults:
${NAMES.map((name) => `  ${name.padEnd(14)}${FAULTS[name]}`).join('\n')}

A full disk, a clock that is wrong and missing descriptors come for some seconds and go. After each of them an operation
must succeed at every desk within 30 s, by itself. A short run goes on until each of them has come once.

The last line says "held" or "failed", with the numbers. It failed, and the exit code is 1, where something was lost, stuck
or contradicts something else, where an operation came too late after a fault (late), or where a part ended by itself in
the middle of its work (ended). Full disks need Linux and root, missing descriptors Linux, and are left out elsewhere.`;

/** Says what was asked for, or throws a `CommandLineError` that says what is wrong with it. */
export function readCommandLine(args: readonly string[]): Command | 'help' {
  const { values } = readArguments({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      minutes: { type: 'string', default: '2' },
      seed: { type: 'string', default: String(1 + (Date.now() % 1_000_000)) },
      desks: { type: 'string', default: '3' },
      only: { type: 'string', default: NAMES.join(',') },
    },
  });
  if (values.help) return 'help';
  const desks = wholeNumber('--desks', values.desks);
  if (desks > MOST_DESKS) throw new CommandLineError(`--desks takes 1 to ${MOST_DESKS}, not ${desks}.`);
  return {
    minutes: minutesOf('--minutes', values.minutes),
    seed: wholeNumber('--seed', values.seed),
    desks,
    only: faultsOf(values.only),
  };
}

function faultsOf(list: string): ReadonlySet<FaultName> {
  const names = list.split(',').map((name) => {
    const known = NAMES.find((each) => each === name.trim());
    if (known === undefined) throw new CommandLineError(`--only takes some of ${NAMES.join(', ')}, not "${name}".`);
    return known;
  });
  return new Set(names);
}
