import { win32 } from 'node:path';

/** Whom an installation on Windows is for. */
export type InstalledFor = 'user' | 'computer';

export interface InstalledFolders {
  /** Holds `keyrack.cmd`, `current` and `versions`. */
  readonly program: string;
  readonly data: string;
  /** The link to the desk's page, in the Start menu. */
  readonly link: string;
  /** By which Task Scheduler knows the agent. */
  readonly task: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What Windows allows in the name of a user, and not in that of a task. */
const NOT_IN_TASK_NAMES = /[\\/:*?"<>|]/g;

/** Where an installation lies. Null where Windows doesn't tell its own folders. */
export function installedFolders(whom: InstalledFor, env: Environment): InstalledFolders | null {
  const { LOCALAPPDATA, APPDATA, ProgramFiles, ProgramData, USERNAME } = env;
  const menu = ['Microsoft', 'Windows', 'Start Menu', 'Programs', 'Keyrack front desk.url'];
  if (whom === 'computer') {
    if (!ProgramFiles || !ProgramData) return null;
    return {
      program: win32.join(ProgramFiles, 'Keyrack'),
      data: win32.join(ProgramData, 'Keyrack'),
      link: win32.join(ProgramData, ...menu),
      task: 'Keyrack agent',
    };
  }
  if (!LOCALAPPDATA || !APPDATA || !USERNAME) return null;
  const program = win32.join(LOCALAPPDATA, 'Keyrack');
  return {
    program,
    data: win32.join(program, 'data'),
    link: win32.join(APPDATA, ...menu),
    // Each user of a computer may have an agent, and all their tasks lie in one list.
    task: `Keyrack agent of ${USERNAME.replaceAll(NOT_IN_TASK_NAMES, '_')}`,
  };
}
