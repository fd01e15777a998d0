import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minutesOf, readArguments } from '../command-line/read-arguments.ts';

/** What `npm run soak` is asked to do. */
export interface Command {
  readonly minutes: number;
  /** Where the plot is put. */
  readonly plot: string;
}

export const USAGE = `npm run soak -- [--minutes N]   keeps a server and three agents busy for N minutes (5) and watches them
  --plot FILE   puts the plot there, as SVG (${join('TEMPORARY FOLDER', 'keyrack-soak.svg')})
  --help        says this

Ends with "minutes N, operations N, failed N, memory growth N %, descriptor growth N", and with exit code 1 where an
operation failed, or memory or descriptors grew beyond what a process takes to warm up.`;

/** Says what was asked for, or throws a `CommandLineError` that says what is wrong with it. */
export function readCommandLine(args: readonly string[]): Command | 'help' {
  const { values } = readArguments({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      minutes: { type: 'string', default: '5' },
      plot: { type: 'string', default: join(tmpdir(), 'keyrack-soak.svg') },
    },
  });
  return values.help ? 'help' : { minutes: minutesOf('--minutes', values.minutes), plot: values.plot };
}
