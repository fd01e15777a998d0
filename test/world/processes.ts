import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

/** A program of these tests in a process of its own. */
export interface Running {
  /** The first message that it sent, which says that it is ready; rejects when it ends before. */
  readonly ready: Promise<unknown>;
  /** The signal that ended it, or its exit code. */
  readonly ended: Promise<NodeJS.Signals | number>;
  /** What it logged, for whom a test fails. */
  log(): string;
  kill(): Promise<void>;
}

/**
 * @param main a program by its path from here. Those that lie here were bundled before the first test, since their modules would be
 * loaded hundreds of times; another runs from its sources.
 */
export function run(main: string, env: Readonly<Record<string, string>>): Running {
  const { PATH = '', TMPDIR, NODE_COMPILE_CACHE = '' } = process.env;
  const programs = inject('programs');
  const isBundled = !main.includes('/');
  const file = isBundled ? join(programs, main.replace(/\.ts$/, '.js')) : fileURLToPath(new URL(main, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [file], {
    // What one of them compiled is there for the next.
    env: {
      ...{ PATH, ...(TMPDIR && { TMPDIR }) },
      NODE_COMPILE_CACHE: isBundled ? join(programs, 'compiled') : NODE_COMPILE_CACHE,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const said: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const log = () => said.join('');
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as NodeJS.Signals | number);
  const ready = Promise.race([
    once(child, 'message').then(([message]) => message as unknown),
    ended.then((how) => Promise.reject(new Error(`${main} ended with ${how} before it was ready:\n${log()}`))),
  ]);
  ready.catch(() => undefined);
  return {
    ready,
    ended,
    log,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/**
 * A port that nobody listens at, for a server that has to come back to it. Not one of those that the system hands out
 * by itself, from 32768 up on Linux: somebody else could get it while the server is away.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, '127.0.0.1');
    // Rejects with the error of a port that somebody has.
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
