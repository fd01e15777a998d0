import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, win32 } from 'node:path';
import { promisify } from 'node:util';
import { groupsLetIn, readRights } from '@keyrack/agent';
import { CommandFailure } from '../exit.ts';

/** Windows' own programs, by which an installation is made known to it. */
export interface WindowsTools {
  /** The number (SID) of the user who runs this. */
  currentUser(): Promise<string>;
  /** Whether this process has an administrator's rights. */
  isElevated(): Promise<boolean>;
  /** Registers a task in the place of one with that name. */
  putTask(name: string, xml: string): Promise<void>;
  startTask(name: string): Promise<void>;
  /** Does nothing where there is none. What it started runs on. */
  removeTask(name: string): Promise<void>;
  /** The rights of a folder and of all that lies in it, a line of SDDL each. Empty where Windows doesn't tell. */
  rightsIn(folder: string): Promise<string>;
  /** Makes administrators the owners of a folder and of all that lies in it: an owner may always change rights. */
  takeOver(folder: string): Promise<void>;
  /** Lets none but these users, administrators and Windows itself into a folder. */
  closeFolder(folder: string, users: readonly string[]): Promise<void>;
}

/** Integrity of a process that has an administrator's rights, or Windows' own. */
const ELEVATED = /S-1-16-(?:12288|16384)\b/;
/** Windows itself, and administrators. They may read everything anyway, and their backups need it. */
const ADMINISTRATORS = 'S-1-5-32-544';
const ALWAYS = ['S-1-5-18', ADMINISTRATORS];
/** No program of these takes a second; a virus scanner may hold one up. Milliseconds. */
const TOOL_ENDS_MS = 60_000;
/** icacls saves no owners. The folder is named in the environment, where no sign of its name is read as something else. */
const TELL_RIGHTS = `$ErrorActionPreference = 'Stop'
$all = @(Get-Item -Force -LiteralPath $env:KEYRACK_JUDGED) + @(Get-ChildItem -Recurse -Force -LiteralPath $env:KEYRACK_JUDGED)
$all | Get-Acl | ForEach-Object { $_.Sddl }`;

/** What somebody does where one of Windows' own programs fails. Nothing was installed half: the installer may run again. */
const NEXT_STEPS: Readonly<Record<string, string>> = {
  schtasks:
    'See in services.msc that "Task Scheduler" runs, and in taskschd.msc that you may make a task. Then run this again.',
  icacls: 'See that the folder lies on a drive of this computer that has rights (NTFS). Then run this again.',
};

const nextStep = (program: string): string => NEXT_STEPS[program] ?? 'Run this again, or restart Windows first.';

/** @param system Windows' own folder: what lies elsewhere under these names isn't run */
export function windowsTools(system: string): WindowsTools {
  const run = (program: string, ...args: string[]) => runWith({}, program, ...args);
  const runWith = async (env: Readonly<Record<string, string>>, program: string, ...args: string[]) => {
    const file = win32.join(system, 'System32', `${program}.exe`);
    try {
      const options = { windowsHide: true, timeout: TOOL_ENDS_MS, env: { ...process.env, ...env } };
      return (await promisify(execFile)(file, args, options)).stdout;
    } catch (error) {
      const said = String((error as { stderr?: string }).stderr ?? '').trim() || (error as Error).message;
      throw new CommandFailure(`${program} ${args[0] ?? ''} failed: ${said.replace(/\.$/, '')}. ${nextStep(program)}`);
    }
  };
  return {
    async currentUser() {
      const sid = /S-1-\d+(?:-\d+)+/.exec(await run('whoami', '/user', '/fo', 'csv', '/nh'))?.[0];
      if (sid === undefined) throw new CommandFailure("`whoami /user` doesn't tell this user's number.");
      return sid;
    },
    isElevated: async () => ELEVATED.test(await run('whoami', '/groups', '/fo', 'csv', '/nh')),
    async putTask(name, xml) {
      const scratch = await mkdtemp(join(tmpdir(), 'keyrack-task-'));
      try {
        const file = join(scratch, 'task.xml');
        await writeFile(file, `\ufeff${xml}`, 'utf16le');
        await run('schtasks', '/create', '/tn', name, '/xml', file, '/f');
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    },
    startTask: async (name) => void (await run('schtasks', '/run', '/tn', name)),
    async removeTask(name) {
      try {
        await run('schtasks', '/delete', '/tn', name, '/f');
      } catch (error) {
        const found = await run('schtasks', '/query', '/tn', name, '/xml').catch(() => '');
        if (found.includes('<Task')) throw error;
      }
    },
    rightsIn(folder) {
      const powershell = win32.join('WindowsPowerShell', 'v1.0', 'powershell');
      const args = ['-NoProfile', '-NonInteractive', '-Command', TELL_RIGHTS];
      return runWith({ KEYRACK_JUDGED: folder }, powershell, ...args).catch(() => '');
    },
    takeOver: async (folder) => void (await run('icacls', folder, '/setowner', `*${ADMINISTRATORS}`, '/t', '/q')),
    async closeFolder(folder, users) {
      const grants = [...new Set([...users, ...ALWAYS])].map((sid) => `*${sid}:(OI)(CI)F`);
      await run('icacls', folder, '/inheritance:r', '/grant:r', ...grants, '/q');
      // What lay there before gets the same.
      if ((await readdir(folder)).length > 0) await run('icacls', win32.join(folder, '*'), '/reset', '/t', '/c', '/q');
      const groups = groupsLetIn((await readRights(folder)) ?? '') ?? [];
      if (groups.length > 0)
        throw new CommandFailure(
          `${folder} is still open to ${groups.join(' and ')}; nobody is paired in such a folder.`,
        );
    },
  };
}
