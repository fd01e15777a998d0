#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { agentCommand } from './agent.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { demoCommand } from './demo.ts';
import { EXIT, explain } from './exit.ts';
import { operatorCommands } from './operator.ts';
import { serveCommand } from './serve.ts';
import { signCommand } from './sign.ts';
import { simCommand } from './sim.ts';
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

const program = new Command('keyrack')
  .description('Room cards for hotels and serviced apartments: issue, read and cancel them from your own server.')
  .version('0.1.0')
  .helpCommand(false)
  .showHelpAfterError('Add --help for what it takes.')
  .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 not understood.');
for (const make of [demoCommand, serveCommand, agentCommand, simCommand, signCommand, backupCommand, restoreCommand]) {
  program.addCommand(make(terminal));
}
for (const command of operatorCommands(terminal)) program.addCommand(command);
throwInsteadOfExit(program);

try {
  await program.parseAsync();
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

/** Commander sets this for one command at a time, and copies it to none. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride().configureHelp({ showGlobalOptions: false });
  for (const each of command.commands) throwInsteadOfExit(each);
}

function exitCodeOf(error: unknown): number {
  // Commander has printed its message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const { message, code } = explain(error);
  terminal.err(message);
  return code;
}
