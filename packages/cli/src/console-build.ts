import { type ChildProcess, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { CONSOLE_FOLDER, isStale } from '@keyrack/console/build.mjs';
import type { ConsoleState } from '@keyrack/server/console/not-built-page.ts';
import type { ConsoleFiles } from '@keyrack/server/console/serve-console.ts';

/** Characters of what a failed build says that are passed on: its end tells why. */
const TOLD = 2_000;

/** The console as it was built, for a server that builds nothing. */
export const builtConsole: ConsoleFiles = { folder: CONSOLE_FOLDER, state: () => 'not-built' };

/** Whether the console is missing, or was built from other sources than lie here. */
export const isConsoleStale = (): boolean => isStale();

export interface ConsoleBuild {
  readonly files: ConsoleFiles;
  /** Builds it in a process of its own where that is needed. The server goes on answering meanwhile, and first. */
  begin(failed: (why: string) => void): void;
  /** Gives up what is being built. */
  stop(): void;
}

/** The console, built when it is missing or older than its sources. One that is older is served until the new one is there. */
export function createConsoleBuild(): ConsoleBuild {
  let state: ConsoleState = 'building';
  let child: ChildProcess | null = null;
  return {
    files: { folder: CONSOLE_FOLDER, state: () => state },
    begin(failed) {
      const script = fileURLToPath(import.meta.resolve('@keyrack/console/build.mjs'));
      let told = '';
      const fail = (why: string) => {
        state = 'failed';
        failed(why);
      };
      const started = spawn(process.execPath, [script, '--if-stale'], {
        stdio: ['ignore', 'ignore', 'pipe'],
        windowsHide: true,
      });
      child = started;
      started.stderr.setEncoding('utf8').on('data', (text: string) => {
        told = (told + text).slice(-TOLD);
      });
      started.once('spawn', () => lowerPriority(started.pid));
      started.once('error', (error) => fail(error.message));
      started.once('close', (code) => {
        if (child === null) return;
        child = null;
        if (code !== 0) fail(told.trim());
      });
    },
    stop() {
      const running = child;
      child = null;
      running?.kill();
    },
  };
}

/** Cards go first. Where the system doesn't let it, it is built at once. */
function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {}
}
