import { Command } from 'commander';
import { agentCommand } from './agent.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { demoCommand } from './demo.ts';
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
  throwInsteadOfExit(program);
  return program;
}

/** Commander sets this for one command at a time, and copies it to none. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride().configureHelp({ showGlobalOptions: false });
  for (const each of command.commands) throwInsteadOfExit(each);
}
