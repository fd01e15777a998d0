import { VERSION } from '@keyrack/protocol/version.ts';
import { Command, CommanderError, Help, type Option } from 'commander';
import { EXIT, type ExitCode, explain } from './exit.ts';
import { printable, printableLines } from './output/printable.ts';
import type { Terminal } from './terminal.ts';

/** By name, in the order of the help. Each is loaded when it is wanted. */
export type Commands = Readonly<Record<string, (terminal: Terminal) => Promise<Command>>>;

/** `keyrack` with all its commands. What can't be understood is thrown as a CommanderError. */
export function keyrackProgram(terminal: Terminal, commands: Commands): Promise<Command> {
  return programWith(Object.keys(commands), terminal, commands);
}

async function programWith(names: readonly string[], terminal: Terminal, commands: Commands): Promise<Command> {
  const program = new Command('keyrack')
    .description('Room cards for hotels and serviced apartments: issue, read and cancel them from your own server.')
    .version(VERSION)
    .helpCommand(false)
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 not understood.');
  for (const name of names) {
    const command = await commands[name]?.(terminal);
    if (command !== undefined) program.addCommand(command);
  }
  handOver(program, terminal);
  return program;
}

/** The commands that these words need: the one that is named, none for the version, and else all, e.g. for the help. */
function neededFor([first = '', ...rest]: readonly string[], commands: Commands): readonly string[] {
  if (Object.hasOwn(commands, first)) return [first];
  if ((first === '--version' || first === '-V') && rest.length === 0) return [];
  return Object.keys(commands);
}

/** Carries out what was typed behind `keyrack`, and answers the exit code. */
export async function carryOut(args: readonly string[], given: Terminal, commands: Commands): Promise<ExitCode> {
  const terminal = plain(given);
  try {
    const program = await programWith(neededFor(args, commands), terminal, commands);
    await program.parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    // Commander has printed its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const { message, code } = explain(error);
    terminal.err(message);
    return code;
  }
}

/** What a server or a file says in a failure, a question or on the way moves no cursor and changes no colour. */
function plain(terminal: Terminal): Terminal {
  const { person, progress } = terminal;
  return {
    ...terminal,
    err: (text) => terminal.err(printableLines(text)),
    progress: progress && ((text) => progress(printable(text))),
    person: person && {
      ask: (question) => person.ask(printableLines(question)),
      askHidden: (question) => person.askHidden(printableLines(question)),
    },
  };
}

/** Commander tells of a missing option only once it is missing. */
function describeOption(option: Option): string {
  const description = new Help().optionDescription(option);
  return option.mandatory ? `${description} (required)` : description;
}

/** Commander sets these for one command at a time, and copies them to none. */
function handOver(command: Command, terminal: Terminal): void {
  command
    // Thrown instead of ending the process.
    .exitOverride()
    .showHelpAfterError('Add --help for what it takes.')
    .configureHelp({ showGlobalOptions: false, optionDescription: describeOption })
    .configureOutput({
      writeOut: (text) => terminal.out(text.replace(/\n$/, '')),
      writeErr: (text) => terminal.err(text.replace(/\n$/, '')),
    });
  for (const each of command.commands) handOver(each, terminal);
}
