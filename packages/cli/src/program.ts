import { Command, CommanderError } from 'commander';
import { agentCommand } from './agent.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { demoCommand } from './demo.ts';
import { EXIT, type ExitCode, explain } from './exit.ts';
import { operatorCommands } from './operator.ts';
import { serveCommand } from './serve.ts';
import { signCommand } from './sign.ts';
import { simCommand } from './sim.ts';
import type { Terminal } from './terminal.ts';

/** `keyrack` with all its commands. What can't be understood is thrown as a CommanderError. */
export function keyrackProgram(terminal: Terminal): Command {
  const program = new Command('keyrack')
    .description('Room cards for hotels and serviced apartments: issue, read and cancel them from your own server.')
    .version('0.1.0')
    .helpCommand(false)
    .showHelpAfterError('Add --help for what it takes.')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 not understood.');
  const makers = [demoCommand, serveCommand, agentCommand, simCommand, signCommand, backupCommand, restoreCommand];
  for (const make of makers) program.addCommand(make(terminal));
  for (const command of operatorCommands(terminal)) program.addCommand(command);
  handOver(program, terminal);
  return program;
}

/** Carries out what was typed behind `keyrack`, and answers the exit code. */
export async function carryOut(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    await keyrackProgram(terminal).parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    // Commander has printed its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const { message, code } = explain(error);
    terminal.err(message);
    return code;
  }
}

/** Commander sets these for one command at a time, and copies them to none. */
function handOver(command: Command, terminal: Terminal): void {
  command
    // Thrown instead of ending the process.
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => terminal.out(text.replace(/\n$/, '')),
      writeErr: (text) => terminal.err(text.replace(/\n$/, '')),
    });
  for (const each of command.commands) handOver(each, terminal);
}
