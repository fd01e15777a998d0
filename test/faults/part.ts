import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { FromPart, ToPart, Usage } from './answer-parent.ts';

/** A process that is started anew whenever it ends, as a supervisor does. */
export interface Part {
  readonly name: string;
  /** How long ago it said that it is ready. Milliseconds; null while it isn't. */
  upForMs(): number | null;
  /** Its ends that nobody brought about from here. */
  endings(): readonly Ending[];
  /** Of its process; null while there is none. */
  pid(): number | null;
  /** From now on, and in its next processes too, its clock is wrong by this. */
  setClock(offsetMs: number): void;
  /** SIGKILL. False when there is nothing to kill. */
  kill(): boolean;
  /** Stands still for that long, as a computer that swaps or sleeps does. */
  freeze(ms: number): Promise<void>;
  /** Done between an end and the next start, once. */
  beforeNextStart(act: () => Promise<void>): void;
  whenReady(): Promise<void>;
  /** Null where there is no process, or it doesn't say. */
  usage(): Promise<Usage | null>;
  /** SIGTERM, and no new start. */
  stop(): Promise<void>;
}

export interface Ending {
  /** Its signal, or its exit code. */
  readonly how: NodeJS.Signals | number | null;
  /** It had said that it is ready. */
  readonly atWork: boolean;
}

export interface PartOptions {
  readonly name: string;
  readonly entry: URL;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Loaded before the entry. */
  readonly preload?: URL;
  /** Until the next start. */
  readonly restartMs: () => number;
}

const STOP_MS = 8_000;
/** What a part exits with that can't go on, knows it and has said so: its supervisor starts it anew. */
export const GIVEN_UP = 3;

export function startPart({ name, entry, args = [], env = {}, logFile, preload, restartMs }: PartOptions): Part {
  const log = openSync(logFile, 'a');
  let child: ChildProcess | null = null;
  let ready = Promise.withResolvers<void>();
  let readyAt: number | null = null;
  let stopping = false;
  let killed = false;
  let clockOffsetMs = 0;
  const endings: Ending[] = [];
  let before: (() => Promise<void>) | null = null;

  const start = () => {
    readyAt = null;
    ready = Promise.withResolvers<void>();
    killed = false;
    const before = preload === undefined ? [] : ['--import', preload.href];
    const started = spawn(process.execPath, [...before, entry.pathname, ...args], {
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', CLOCK_OFFSET_MS: String(clockOffsetMs), ...env },
    });
    child = started;
    const { resolve } = ready;
    started.on('message', (message: FromPart) => {
      if (message.type !== 'ready') return;
      readyAt = performance.now();
      resolve();
    });
    // Asking one that is just dying.
    started.on('error', () => {});
    started.once('exit', (code, signal) => {
      child = null;
      const atWork = readyAt !== null;
      readyAt = null;
      if (!killed && !stopping) endings.push({ how: signal ?? code, atWork });
      if (!stopping) void restart();
    });
  };
  const restart = async () => {
    await wait(restartMs());
    const act = before;
    before = null;
    await act?.();
    if (!stopping) start();
  };

  start();
  return {
    name,
    upForMs: () => (readyAt === null ? null : performance.now() - readyAt),
    endings: () => endings,
    pid: () => child?.pid ?? null,
    setClock(offsetMs) {
      clockOffsetMs = offsetMs;
      const message: ToPart = { clockOffsetMs };
      if (child?.connected) child.send(message, () => {});
    },
    kill() {
      if (child?.pid === undefined || killed) return false;
      killed = true;
      return child.kill('SIGKILL');
    },
    async freeze(ms) {
      const frozen = child;
      if (frozen?.pid === undefined) return;
      frozen.kill('SIGSTOP');
      await wait(ms);
      frozen.kill('SIGCONT');
    },
    beforeNextStart(act) {
      before = act;
    },
    async whenReady() {
      while (readyAt === null) await Promise.race([ready.promise, wait(50)]);
    },
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
      asked.send('usage', () => {});
      return Promise.race([answer, wait(1_000).then(() => null)]);
    },
    async stop() {
      stopping = true;
      const ending = child;
      if (ending === null || ending.exitCode !== null) return;
      const exited = once(ending, 'exit');
      ending.kill('SIGTERM');
      if ((await Promise.race([exited.then(() => true), wait(STOP_MS)])) !== true) {
        ending.kill('SIGKILL');
        await exited;
      }
    },
  };
}
