import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AgentNews } from '../agent.ts';
import type { PageNews, PagePort } from '../agent-page.ts';

/** How an agent that ends by itself is started again. Times in milliseconds. */
const RESTART = { firstMs: 500, mostMs: 10_000, steadyMs: 30_000, attempts: 5 } as const;
/** How long an agent may take to end what it is writing. */
const STOP_MS = 5_000;

export interface AgentProcess {
  /** Ends the agent, and resolves when it is gone. */
  stop(): Promise<void>;
}

export interface AgentProcessOptions {
  readonly folder: string;
  /** The server's agent endpoint. */
  readonly server: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** File descriptor that the agent's log goes to, or nowhere. */
  readonly log: number | 'ignore';
  readonly pagePort: PagePort;
  /** Where its page is, each time that it was started. */
  readonly onPage: (page: PageNews) => void;
  /** What the agent says of itself: `ready`, or how it isn't. */
  readonly onStatus: (status: string) => void;
  /** It ended by itself and is being started again, after so many seconds. */
  readonly onRestart: (how: string, seconds: number) => void;
  /** It ended by itself too often. */
  readonly onGivenUp: (how: string) => void;
}

/**
 * Runs `keyrack agent` as a process of its own, as on a front-desk computer, and starts it again when it ends by itself.
 * It ends when this process does, however that ends: it notices that nobody is at the other end of its channel.
 */
export function startAgentProcess(options: AgentProcessOptions): AgentProcess {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const pagePort = ['--page-port', String(options.pagePort)];
  const args = [main, 'agent', '--data', options.folder, '--server', options.server, ...pagePort];
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopping = false;
  let failures = 0;

  function start(): void {
    const startedAt = performance.now();
    const started = spawn(process.execPath, [...process.execArgv, ...args], {
      stdio: ['ignore', 'ignore', options.log, 'ipc'],
      env: options.env,
      windowsHide: true,
    });
    child = started;
    started.on('message', (message) => {
      const news = message as AgentNews;
      if ('page' in news) options.onPage(news.page);
      else options.onStatus(news.status);
    });
    started.once('error', (error) => ended(error.message));
    started.once('exit', (code, signal) => ended(signal === null ? `with code ${code}` : `by ${signal}`));

    function ended(how: string): void {
      if (child !== started) return;
      child = null;
      if (stopping) return;
      failures = performance.now() - startedAt >= RESTART.steadyMs ? 1 : failures + 1;
      if (failures > RESTART.attempts) {
        options.onGivenUp(how);
        return;
      }
      const ms = Math.min(RESTART.mostMs, RESTART.firstMs * 2 ** (failures - 1));
      options.onRestart(how, ms / 1000);
      timer = setTimeout(start, ms);
    }
  }

  start();
  return {
    stop() {
      stopping = true;
      if (timer !== null) clearTimeout(timer);
      return child === null ? Promise.resolve() : endChild(child);
    },
  };
}

function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('exit', () => {
      clearTimeout(killer);
      resolve();
    });
    // Works on every system; a signal would cut the agent off on Windows.
    if (child.connected) child.disconnect();
    else child.kill('SIGTERM');
  });
}
