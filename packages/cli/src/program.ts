import { Command, CommanderError, Help, type Option } from 'commander';
import { EXIT, type ExitCode, explain } from './exit.ts';
import { printable, printableLines } from './output/printable.ts';
import type { Terminal } from './terminal.ts';

/**
 * The commands, in the order of the help. Each is loaded when it is wanted: a server is much code, and whoever asks for
 * the version of Keyrack shouldn't wait for it.
 */
const COMMANDS: Readonly<Record<string, (terminal: Terminal) => Promise<Command>>> = {
  demo: async (terminal) => (await import('./demo.ts')).demoCommand(terminal),
  serve: async (terminal) => (await import('./serve.ts')).serveCommand(terminal),
  agent: async (terminal) => (await import('./agent.ts')).agentCommand(terminal),
  sim: async (terminal) => (await import('./sim.ts')).simCommand(terminal),
  sign: async (terminal) => (await import('./sign.ts')).signCommand(terminal),
  backup: async (terminal) => (await import('./backup.ts')).backupCommand(terminal),
  restore: async (terminal) => (await import('./backup.ts')).restoreCommand(terminal),
  login: async (terminal) => (await import('./login.ts')).loginCommand(terminal),
  logout: async (terminal) => (await import('./login.ts')).logoutCommand(terminal),
  properties: async (terminal) => (await import('./administration/properties.ts')).propertiesCommand(terminal),
  buildings: async (terminal) => (await import('./administration/places.ts')).buildingsCommand(terminal),
  floors: async (terminal) => (await import('./administration/places.ts')).floorsCommand(terminal),
  rooms: async (terminal) => (await import('./administration/rooms.ts')).roomsCommand(terminal),
  accounts: async (terminal) => (await import('./administration/accounts.ts')).accountsCommand(terminal),
  members: async (terminal) => (await import('./administration/members.ts')).membersCommand(terminal),
  persons: async (terminal) => (await import('./administration/persons.ts')).personsCommand(terminal),
  me: async (terminal) => (await import('./administration/me.ts')).meCommand(terminal),
  sessions: async (terminal) => (await import('./administration/me.ts')).sessionsCommand(terminal),
  factors: async (terminal) => (await import('./administration/factors.ts')).factorsCommand(terminal),
  operations: async (terminal) => (await import('./administration/operations.ts')).operationsCommand(terminal),
  agents: async (terminal) => (await import('./administration/agents.ts')).agentsCommand(terminal),
  encoders: async (terminal) => (await import('./administration/encoders.ts')).encodersCommand(terminal),
  cards: async (terminal) => (await import('./administration/cards.ts')).cardsCommand(terminal),
  sandbox: async (terminal) => (await import('./administration/sandbox.ts')).sandboxCommand(terminal),
  guests: async (terminal) => (await import('./administration/guests.ts')).guestsCommand(terminal),
  webhooks: async (terminal) => (await import('./administration/webhooks.ts')).webhooksCommand(terminal),
  events: async (terminal) => (await import('./administration/events.ts')).eventsCommand(terminal),
  locks: async (terminal) => (await import('./locks.ts')).locks(terminal),
  keys: async (terminal) => (await import('./administration/card-keys.ts')).keysCommand(terminal),
  'card-keys': async (terminal) => (await import('./administration/card-keys.ts')).cardKeysCommand(terminal),
  completion: async (terminal) =>
    (await import('./completion.ts')).completionCommand(terminal, () => keyrackProgram(terminal)),
  import: async (terminal) => (await import('./import/import-command.ts')).importCommand(terminal),
  audit: async (terminal) => (await import('./administration/audit.ts')).auditCommand(terminal),
};

/** `keyrack` with all its commands. What can't be understood is thrown as a CommanderError. */
export function keyrackProgram(terminal: Terminal): Promise<Command> {
  return programWith(Object.keys(COMMANDS), terminal);
}

async function programWith(names: readonly string[], terminal: Terminal): Promise<Command> {
  const program = new Command('keyrack')
    .description('Room cards for hotels and serviced apartments: issue, read and cancel them from your own server.')
    .version('0.1.0')
    .helpCommand(false)
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 not understood.');
  for (const name of names) {
    const command = await COMMANDS[name]?.(terminal);
    if (command !== undefined) program.addCommand(command);
  }
  handOver(program, terminal);
  return program;
}

/** The commands that these words need: the one that is named, none for the version, and else all, e.g. for the help. */
function neededFor([first = '', ...rest]: readonly string[]): readonly string[] {
  if (Object.hasOwn(COMMANDS, first)) return [first];
  if ((first === '--version' || first === '-V') && rest.length === 0) return [];
  return Object.keys(COMMANDS);
}

/** Carries out what was typed behind `keyrack`, and answers the exit code. */
export async function carryOut(args: readonly string[], given: Terminal): Promise<ExitCode> {
  const terminal = plain(given);
  try {
    const program = await programWith(neededFor(args), terminal);
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
