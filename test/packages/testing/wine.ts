import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pcscdAnswers } from '@keyrack/agent/encoder/pcsc/testing/pcscd.ts';
import type { ReaderPlace } from '@keyrack/agent/encoder/pcsc/testing/virtual-reader.ts';
import { describe } from 'vitest';
import { windowsRoot } from '../../../scripts/windows/cache.mjs';
import { PCSCD_SOCKET } from '../../../scripts/windows/keep-pcscd.mjs';
import { refusalOfMachine } from '../../../scripts/windows/refuse-machine.mjs';
import { WINE_ENVIRONMENT } from '../../../scripts/windows/wine-system.mjs';
import { until } from '../../world/until.ts';

/** What a program of Windows said and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A console window in which a program runs. */
export interface Window {
  /** What stands in it, and how it is drawn. */
  said(): string;
  /** As somebody types it there. */
  type(keys: string): void;
  readonly ended: Promise<number>;
}

/** A Windows of one user under Wine, which sees the network of this computer. */
export interface Wine {
  /** This computer's path of a file of Windows, e.g. `C:\users`. Small and capital letters count. */
  path(windows: string): string;
  /** Runs a line as somebody types it into a batch file, in a folder of Windows. */
  run(folder: string, line: string): Promise<Ran>;
  /** @param program its path from the folder, and what is typed behind it */
  openWindow(folder: string, program: string): Window;
  /** Gives a folder of Windows a name in the network: `\\server\share`. */
  share(folder: string, server: string, share: string): void;
  /** The first virtual card reader. */
  readonly reader: ReaderPlace;
  close(): Promise<void>;
}

/** Like `describe`, for a package under Wine: where that can't be had, the tests are skipped, and say why. */
export function describeWine(name: string, tests: () => void): void {
  const why = refusalOfMachine() ?? (isOnPath('7zz') ? null : '7zz is missing; install 7zip');
  describe.skipIf(why !== null)(why === null ? name : `${name} (${why})`, tests);
}

const isOnPath = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

const INSIDE = fileURLToPath(new URL('wine-inside.mjs', import.meta.url));

/** @param out a folder of this computer that is `Z:\out` there */
export async function openWine(out: string, user: string): Promise<Wine> {
  const system = await windowsRoot();
  const readerPort = await portOfOurChoice();
  const own = ['--mount', '--pid', '--ipc', '--fork', '--kill-child', '--mount-proc'];
  const told = JSON.stringify({ system, out, user, readerPort });
  // The first process of its own must reap what others leave: Wine takes a dead process for one that runs.
  const first = ['sh', '-c', '"$@"; exit $?', 'sh', process.execPath, INSIDE, told];
  const args = ['--pdeathsig', 'KILL', 'unshare', ...own, ...first];
  const outer = spawn('setpriv', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(outer, 'exit');
  const [answer] = await Promise.race([once(createInterface(outer.stdout), 'line'), gone]);
  if (answer !== 'ready') throw new Error(`Wine didn't start (${answer}).`);
  const inner = readFileSync(`/proc/${outer.pid}/task/${outer.pid}/children`, 'utf8').trim();
  const root = join('/proc', inner, 'root', system);
  let runs = 0;

  const place = (windows: string) => {
    const parts = windows.slice(3).split('\\').join('/');
    return windows.toUpperCase().startsWith('Z:') ? join('/', parts) : join('/tmp/prefix/drive_c', parts);
  };
  /** Runs what a shell would, in a folder. */
  const start = (folder: string, command: string, stdin: 'ignore' | 'pipe') => {
    const inside = ['sh', '-c', `cd "$0" && exec ${command}`, place(folder)];
    const child: ChildProcess = spawn(
      'nsenter',
      [`--target=${inner}`, '--mount', '--pid', '--ipc', 'chroot', system, ...inside],
      { stdio: [stdin, 'ignore', 'ignore'], env: WINE_ENVIRONMENT },
    );
    return { child, code: once(child, 'exit').then(([code]) => Number(code ?? 1)) };
  };
  const said = (file: string) => readFileSync(join(out, file), 'utf8').replaceAll('\r\n', '\n');

  const wine: Wine = {
    path: (windows) => join(root, place(windows)),
    async run(folder, line) {
      runs += 1;
      const run = `run-${runs}`;
      writeFileSync(join(out, `${run}.cmd`), `@${line}\r\n`);
      // Node for Windows can't write to Wine's pipes.
      const streams = `>/out/${run}.out 2>/out/${run}.err </dev/null`;
      const code = await start(folder, `wine cmd /d /c 'Z:\\out\\${run}.cmd' ${streams}`, 'ignore').code;
      return { code, out: said(`${run}.out`), err: said(`${run}.err`) };
    },
    openWindow(folder, program) {
      runs += 1;
      const file = `window-${runs}`;
      const terminal = `script --quiet --return --flush --command 'wine ${program}' /out/${file}`;
      const { child, code } = start(folder, terminal, 'pipe');
      return { said: () => said(file), type: (keys) => void child.stdin?.write(keys), ended: code };
    },
    share(folder, server, share) {
      const there = join(root, 'tmp/prefix/dosdevices/unc', server);
      mkdirSync(there, { recursive: true });
      symlinkSync(place(folder), join(there, share));
    },
    reader: { port: readerPort, answers: () => pcscdAnswers(join(root, PCSCD_SOCKET)) },
    async close() {
      outer.stdin.end();
      await gone;
    },
  };
  // It starts by itself, but late; what needs it is refused until then: "service database locked".
  await until("Windows' Task Scheduler runs", async () => {
    await wine.run('C:\\', 'net start Schedule');
    return (await wine.run('C:\\', 'net start')).out.includes('Task Scheduler');
  });
  return wine;
}

/** A port that is free, and the next one too: not one that the system hands out by itself (from 32768 up on Linux). */
async function portOfOurChoice(): Promise<number> {
  for (let port = 20_000 + (process.pid % 4_000) * 2; ; port += 2) {
    const servers = [port, port + 1].map((each) => createServer().listen(each, '127.0.0.1'));
    const free = await Promise.all(servers.map((server) => once(server, 'listening'))).then(
      () => true,
      () => false,
    );
    await Promise.all(servers.filter(({ listening }) => listening).map((server) => once(server.close(), 'close')));
    if (free) return port;
  }
}
