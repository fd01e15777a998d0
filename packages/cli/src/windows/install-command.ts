import { mkdir } from 'node:fs/promises';
import { dirname, join, win32 } from 'node:path';
import { checkServerAddress, readIdentity, writeDurably } from '@keyrack/agent';
import { VERSION } from '@keyrack/protocol/version.ts';
import { Command, Option } from 'commander';
import { examine } from '../agent-doctor.ts';
import { addNetworkOptions, type NetworkFlags } from '../agent-network.ts';
import { PAGE_PORT } from '../agent-page.ts';
import { pairDesk } from '../agent-pair.ts';
import { readAgentSettings } from '../agent-settings.ts';
import { CommandFailure, usageError } from '../exit.ts';
import { awaitAgentIn, stopAgentIn } from '../stop-request.ts';
import type { Terminal } from '../terminal.ts';
import { chooseInstallation } from './choose-installation.ts';
import { judgeDataFolder, makeDataFolder } from './data-folder.ts';
import { INSTALLED_FILE, installedText } from './installed-file.ts';
import type { InstalledFolders, InstalledFor } from './installed-folders.ts';
import { copyVersion, currentVersion, makeCurrent, READ_BY_ALL, removeOtherVersions } from './put-program.ts';
import { LOCAL_SERVICE, taskXml } from './scheduled-task.ts';
import { asServerAddress } from './server-address.ts';
import { windowsTools } from './windows-tools.ts';

interface InstallFlags extends NetworkFlags {
  readonly for?: InstalledFor;
  readonly pair?: string;
  readonly takeOver?: true;
}

/** What is being written to a card is ended first; a command has ten seconds. Milliseconds. */
export const AGENT_ENDS_MS = 30_000;
/** From the start of its task to the agent's lock: a slow disk and a virus scanner included. Milliseconds. */
const AGENT_STARTS_MS = 20_000;

/** `install.cmd` of the agent's package for Windows. */
export function installCommand(terminal: Terminal, source: string): Command {
  const command = new Command('install')
    .description('Install this agent, or upgrade the one that is installed. Data and pairing stay.')
    .addOption(whomOption())
    .option('--pair <code>', 'the pairing code; asked for where this computer was never paired')
    .option('--take-over', 'go by what lies in the data folder, whoever made it: look at it first');
  return addNetworkOptions(command).action((flags: InstallFlags) => install(flags, terminal, source));
}

export const whomOption = () =>
  new Option('--for <whom>', "for whom; unless given, the computer where you have an administrator's rights").choices([
    'user',
    'computer',
  ]);

async function install(flags: InstallFlags, terminal: Terminal, source: string): Promise<void> {
  const { env, say } = terminal;
  const system = env.SystemRoot ?? 'C:\\Windows';
  const tools = windowsTools(system);
  if ((await currentVersion(source)) === null) throw usageError(`${source} is no package of Keyrack; unpack it whole.`);
  const { whom, folders, installed } = await chooseInstallation(flags.for, tools, env);
  const { program, data } = folders;
  const user = whom === 'user' ? await tools.currentUser() : LOCAL_SERVICE;
  // What somebody planted there must not be read either.
  const takeOver = flags.takeOver === true;
  if (whom === 'computer') await judgeDataFolder(data, takeOver, tools);
  const pairing = await askPairing(flags, terminal, folders);

  say(
    `${installed === null ? 'Installing' : `Version ${installed} is installed; installing`} ${VERSION} in ${program} …`,
  );
  await makeProgramFolder(program, whom);
  const inPlace = win32.relative(source, program) === '';
  if (!inPlace) await copyVersion(source, program, VERSION);
  // Else its trigger starts the agent again in the middle.
  await tools.removeTask(folders.task);
  try {
    if (!(await stopAgentIn(data, AGENT_ENDS_MS)))
      throw new CommandFailure(
        `The agent in ${data} doesn't end. End node.exe in the Task Manager, and run this again.`,
      );
    if (!inPlace) await makeCurrent(source, program, VERSION);
    await writeDurably(join(program, INSTALLED_FILE), installedText({ for: whom, data }), READ_BY_ALL);
    await makeDataFolder(data, { whom, user, takeOver }, tools);
    if (pairing !== null) await pairDesk(pairing.code, { ...flags, data, server: pairing.server }, terminal);
    await mkdir(dirname(folders.link), { recursive: true });
    await writeDurably(folders.link, linkText(data), READ_BY_ALL);
  } finally {
    // What was installed before goes on where this came to nothing.
    if ((await readIdentity(data).catch(() => null)) !== null)
      await tools.putTask(folders.task, taskXml({ whom, user, program, system }));
  }
  await tools.startTask(folders.task);
  if (!(await awaitAgentIn(data, AGENT_STARTS_MS)))
    say(
      `The agent hasn't started yet. Look at the task "${folders.task}" in the Task Scheduler, and at agent.log in ${data}.`,
    );
  await removeOtherVersions(program, [VERSION, ...(installed === null ? [] : [installed])]);
  say(`Keyrack ${VERSION} is installed for this ${whom}. The desk's page is in the Start menu: "Keyrack front desk".`);
  await tellFindings(data, terminal);
}

interface WantedPairing {
  readonly server: string;
  readonly code: string;
}

/** Null where this computer is paired, and nothing else is asked for. Nothing was changed yet. */
async function askPairing(
  { pair, server }: InstallFlags,
  { person }: Terminal,
  { data }: InstalledFolders,
): Promise<WantedPairing | null> {
  const paired = await readIdentity(data).catch(() => null);
  if (paired !== null && pair === undefined) return null;
  const ask = async (question: string, otherwise: string) => {
    if (person === undefined) throw usageError(otherwise);
    return (await person.ask(question)).trim();
  };
  const address =
    server ??
    paired?.server ??
    (await ask("The server's address, as in the browser: ", 'Which server? Name it with --server wss://HOST/agent.'));
  const wanted = asServerAddress(address);
  checkServerAddress(wanted);
  return { server: wanted, code: pair ?? (await ask('The pairing code: ', 'Which code? Give it with --pair CODE.')) };
}

async function makeProgramFolder(program: string, whom: InstalledFor): Promise<void> {
  await mkdir(program, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (whom === 'user' || !['EPERM', 'EACCES'].includes(error.code ?? '')) throw error;
    throw new CommandFailure('Right-click install.cmd, and choose "Run as administrator"; or install with --for user.');
  });
}

function linkText(data: string): string {
  const { pagePort = PAGE_PORT } = readAgentSettings(data);
  return `[InternetShortcut]\r\nURL=http://127.0.0.1:${pagePort === 'off' ? PAGE_PORT : pagePort}/\r\n`;
}

/** The installation is there, whatever is found: what is wrong with a desk is mostly what isn't plugged in yet. */
async function tellFindings(data: string, terminal: Terminal): Promise<void> {
  await examine({ data, pcsc: true }, terminal).catch((error: unknown) => {
    if (!(error instanceof CommandFailure)) throw error;
    terminal.err(`${error.message} Look at the lines with ✗; keyrack.cmd agent doctor looks again.`);
  });
}
