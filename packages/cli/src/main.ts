#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT, explain } from './exit.ts';
import { keyrackProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Where the command line touches its process: everything else is handed what it needs. */
const terminal: Terminal = {
  env: process.env,
  out: (text) => void process.stdout.write(`${text}\n`, noticeLostAnswer),
  say: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
};

// What is said is about the work, Node's own warnings too. A full disk or a reader that is gone must not end it.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

try {
  await keyrackProgram(terminal).parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** An answer that nobody gets is a failure of the command. */
function noticeLostAnswer(error: NodeJS.ErrnoException | null | undefined): void {
  // Whoever read the output has heard enough: `keyrack sim list | head`.
  if (!error || error.code === 'EPIPE') return;
  terminal.err(`The answer can't be written to standard output (${error.code ?? error.message}).`);
  process.exitCode = EXIT.failed;
}

function exitCodeOf(error: unknown): number {
  // Commander has printed its message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const { message, code } = explain(error);
  terminal.err(message);
  return code;
}
