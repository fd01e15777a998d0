import { rmdir } from 'node:fs/promises';
import { join, win32 } from 'node:path';
import { removeFile } from '@keyrack/agent';
import { Command, Option } from 'commander';
import { CommandFailure, usageError } from '../exit.ts';
import { stopAgentIn } from '../stop-request.ts';
import type { Terminal } from '../terminal.ts';
import { chooseInstallation } from './choose-installation.ts';
import { AGENT_ENDS_MS, whomOption } from './install-command.ts';
import { INSTALLED_FILE, readInstalled } from './installed-file.ts';
import type { InstalledFor } from './installed-folders.ts';
import { removeTree, STARTERS } from './put-program.ts';
import { windowsTools } from './windows-tools.ts';

interface UninstallFlags {
  readonly for?: InstalledFor;
  readonly data?: 'keep' | 'remove';
}

/** With this exit code `uninstall.cmd` removes the program that it was started from: no program removes itself on Windows. */
const REMOVE_MYSELF = 10;

/** `uninstall.cmd` of the agent's package for Windows. */
export function uninstallCommand(terminal: Terminal, source: string): Command {
  return new Command('uninstall')
    .description('Remove the agent that is installed.')
    .addOption(whomOption())
    .addOption(
      new Option('--data <what>', 'what becomes of journal, key and log; asked for unless given').choices([
        'keep',
        'remove',
      ]),
    )
    .action((flags: UninstallFlags) => uninstall(flags, terminal, source));
}

async function uninstall(flags: UninstallFlags, terminal: Terminal, source: string): Promise<void> {
  const { env, say } = terminal;
  const tools = windowsTools(env.SystemRoot ?? 'C:\\Windows');
  const whom = flags.for ?? readInstalled(join(source, INSTALLED_FILE))?.for;
  const { folders, installed } = await chooseInstallation(whom, tools, env);
  const { program, data } = folders;
  if (installed === null) throw usageError(`Keyrack isn't installed in ${program}.`);
  const what = flags.data ?? (await askData(terminal));
  await tools.removeTask(folders.task);
  if (!(await stopAgentIn(data, AGENT_ENDS_MS)))
    throw new CommandFailure(`The agent in ${data} doesn't end. End node.exe in the Task Manager, and run this again.`);
  await removeFile(folders.link);
  if (what === 'remove') await removeTree(data);
  say(what === 'remove' ? 'Its data is removed. Revoke this desk in the console, too.' : `Its data stays in ${data}.`);
  if (win32.relative(source, program) === '') {
    process.exitCode = REMOVE_MYSELF;
    return;
  }
  for (const name of ['versions', 'current', INSTALLED_FILE, ...STARTERS]) await removeTree(join(program, name));
  // Data that stays may lie in it.
  await rmdir(program).catch(() => {});
  say(`Keyrack ${installed} is removed.`);
}

/** Without anybody to ask, the data stays. */
async function askData({ person }: Terminal): Promise<'keep' | 'remove'> {
  const typed = await person?.ask(
    'Remove its data too: key, journal and log? This desk must be paired anew then. (y/N) ',
  );
  return /^\s*y(?:es)?\s*$/i.test(typed ?? '') ? 'remove' : 'keep';
}
