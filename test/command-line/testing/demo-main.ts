import { COMMANDS } from '@keyrack/cli/commands.ts';
import { carryOut } from '@keyrack/cli/program.ts';

/** A demonstration in a process of its own, which tells the one that started it when it is ready. */

process.exitCode = await carryOut(
  ['demo'],
  {
    env: process.env,
    out() {},
    say: (text) => void (text.includes('Ctrl-C stops it.') && process.send?.('ready')),
    err: (text) => void process.stderr.write(`${text}\n`),
  },
  COMMANDS,
);
