import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ProbeOptions } from './right-probes.ts';
import type { RightReady, RightResult } from './right-requests-process.ts';

/** How the right requests beside the others fared. */
export interface RightFigures {
  answered: number;
  /** Answered otherwise than they must be, or not at all. */
  failed: number;
  worstMs: number;
}

export interface RightRequests {
  readonly figures: Readonly<RightFigures>;
  /** The slowest of each kind, in milliseconds. */
  readonly worstByKind: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** One that took longer is told. Milliseconds. */
export const RIGHT_WITHIN_MS = 2_000;

/** Of each kind, so many are told in full. */
const TOLD = 5;

/** Sends right requests at a steady rate from a process of its own. Resolves when its desk is connected. */
export async function startRightRequests(options: ProbeOptions, say: (text: string) => void): Promise<RightRequests> {
  const entry = new URL('./right-requests-process.ts', import.meta.url);
  const child: ChildProcess = spawn(process.execPath, [entry.pathname, JSON.stringify(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const figures: RightFigures = { answered: 0, failed: 0, worstMs: 0 };
  const worstByKind = new Map<string, number>();
  const told = new Map<string, number>();
  const tell = (text: string, key: string) => {
    told.set(key, (told.get(key) ?? 0) + 1);
    if ((told.get(key) ?? 0) <= TOLD) say(text);
  };
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  child.on('message', (message: RightReady | RightResult) => {
    if (message.type === 'ready') return resolve();
    const { kind, ms, failure } = message;
    figures.answered += 1;
    figures.worstMs = Math.max(figures.worstMs, ms);
    worstByKind.set(kind, Math.max(worstByKind.get(kind) ?? 0, ms));
    if (failure !== null) {
      figures.failed += 1;
      tell(`right request failed: ${kind} after ${Math.round(ms)} ms: ${failure}`, `failed ${kind}`);
    } else if (ms > RIGHT_WITHIN_MS) tell(`right request slow: ${kind} took ${Math.round(ms)} ms`, `slow ${kind}`);
  });
  let stopping = false;
  child.once('exit', (code, signal) => {
    const text = `the right requests ended by themselves with ${signal ?? `code ${code}`}`;
    reject(new Error(text));
    if (stopping) return;
    figures.failed += 1;
    say(text);
  });
  await ready;
  return {
    figures,
    worstByKind,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
