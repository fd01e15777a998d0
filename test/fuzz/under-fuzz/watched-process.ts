import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { FromPart, Usage } from '../../faults/answer-parent.ts';
import { followLog, type LogFollower } from './follow-log.ts';

/** A program under fuzz in a process of its own, so that its death and its memory are seen from outside. */
export interface WatchedProcess<Facts> {
  readonly name: string;
  /** Resolves with what it said of itself when it was ready; after a death, with what its successor says. */
  whenReady(): Promise<Facts>;
  /** How often it ended by itself. */
  deaths(): number;
  /** After a collection of garbage. Null where it doesn't answer within `PATIENCE_MS`. */
  usage(): Promise<Usage | null>;
  /** The most resident memory that was ever seen, in bytes. */
  peakBytes(): number;
  /** Open files and sockets, counted from outside. Null where the system doesn't tell. */
  descriptors(): number | null;
  readonly log: LogFollower;
  stop(): Promise<void>;
}

export interface WatchOptions {
  readonly name: string;
  readonly entry: URL;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly onDeath: (how: string) => void;
  readonly onError: (line: string) => void;
}

/** A healthy process collects its garbage and answers within this. Milliseconds. */
const PATIENCE_MS = 20_000;
const COLLECT = new URL('../../faults/collect-garbage.ts', import.meta.url);
/** After so many deaths of one program nothing more is learnt. */
export const MOST_DEATHS = 5;
const LOOK_MS = 200;
const RESTART_MS = 200;
const STOP_MS = 10_000;
/** On Linux, of /proc. */
const PAGE_BYTES = 4_096;

export function watchProcess<Facts>(options: WatchOptions): WatchedProcess<Facts> {
  const { name, entry, args = [], env = {}, logFile, onDeath, onError } = options;
  const output = openSync(logFile, 'a');
  const log = followLog(logFile, onError);
  let child: ChildProcess | null = null;
  let ready = expected<Facts>();
  let stopping = false;
  let deaths = 0;
  let peak = 0;

  const start = () => {
    const started = spawn(process.execPath, ['--expose-gc', '--import', COLLECT.href, entry.pathname, ...args], {
      stdio: ['ignore', output, output, 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', ...env },
    });
    child = started;
    const { resolve } = ready;
    started.on('message', (message: FromPart) => {
      if (message.type === 'ready') resolve(message.facts as Facts);
    });
    started.on('error', () => {});
    started.once('exit', (code, signal) => {
      child = null;
      if (stopping) return;
      deaths += 1;
      const before = ready;
      ready = expected<Facts>();
      // Whoever waits for one that died before it was ready goes on waiting for its successor.
      before.resolve(ready.promise);
      log.look();
      const how = `it ended with ${signal ?? `code ${code}`}\n${log.takeTail()}`;
      onDeath(how);
      if (deaths === MOST_DEATHS) ready.reject(new Error(`${name} died ${deaths} times: ${how}`));
      void wait(RESTART_MS).then(() => {
        if (!stopping) start();
      });
    });
  };
  const look = setInterval(() => {
    log.look();
    peak = Math.max(peak, residentBytes(child?.pid) ?? 0);
  }, LOOK_MS);

  start();
  return {
    name,
    log,
    whenReady: () => ready.promise,
    deaths: () => deaths,
    peakBytes: () => peak,
    descriptors: () => descriptorsOf(child?.pid),
    async usage() {
      const asked = child;
      if (asked === null || !asked.connected) return null;
      const answer = new Promise<Usage>((resolve) => {
        asked.on('message', function listen(message: FromPart) {
          if (message.type !== 'usage') return;
          asked.off('message', listen);
          resolve(message.usage);
        });
      });
      asked.send('collected-usage', () => {});
      const usage = await Promise.race([answer, wait(PATIENCE_MS, null, { ref: false })]);
      return usage === null ? null : { ...usage, rssBytes: residentBytes(asked.pid) ?? usage.rssBytes };
    },
    async stop() {
      stopping = true;
      clearInterval(look);
      const ending = child;
      if (ending === null || ending.exitCode !== null) return;
      const exited = once(ending, 'exit');
      ending.kill('SIGTERM');
      if ((await Promise.race([exited.then(() => true), wait(STOP_MS, false, { ref: false })])) !== true) {
        ending.kill('SIGKILL');
        await exited;
      }
      log.look();
    },
  };
}

/**
 * What is resident of a process's own memory, as the system counts it from outside: without the files that it has mapped,
 * whose pages the system takes and gives back as it likes. Null where it doesn't tell.
 */
function residentBytes(pid: number | undefined): number | null {
  try {
    const [, resident, shared] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number);
    return ((resident ?? 0) - (shared ?? 0)) * PAGE_BYTES;
  } catch {
    return null;
  }
}

function descriptorsOf(pid: number | undefined): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}

/** Something that may come, and that perhaps nobody waits for: then nobody needs to hear that it won't. */
function expected<Value>() {
  const later = Promise.withResolvers<Value>();
  later.promise.catch(() => {});
  return later;
}
