import { EXIT } from './exit.ts';
import { processTerminal } from './process-terminal.ts';
import { type Commands, carryOut } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Where the command line touches its process: everything else is handed what it needs. */
export async function runCommands(commands: Commands): Promise<void> {
  const terminal: Terminal = {
    env: process.env,
    ...processTerminal(process.env),
    out: (text) => void process.stdout.write(`${text}\n`, noticeLostAnswer),
    say: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
  };

  // What is said is about the work, Node's own warnings too. A full disk or a reader that is gone must not end it.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});

  const code = await carryOut(process.argv.slice(2), terminal, commands);
  // A command may have failed by its answer alone, e.g. a door that stays shut.
  if (code !== EXIT.done) process.exitCode = code;

  /** An answer that nobody gets is a failure of the command. */
  function noticeLostAnswer(error: NodeJS.ErrnoException | null | undefined): void {
    // Whoever read the output has heard enough: `keyrack sim list | head`.
    if (!error || error.code === 'EPIPE') return;
    terminal.err(`The answer can't be written to standard output (${error.code ?? error.message}).`);
    process.exitCode = EXIT.failed;
  }
}
