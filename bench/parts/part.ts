import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Answer, type Question, USE, type Use } from './answer.ts';

/** A process that the bench started. */
export interface Part {
  readonly pid: number;
  /** Asks it to do something by name, and resolves with its answer. Rejects when it fails or ends. */
  ask<Result>(name: string, input?: unknown): Promise<Result>;
  /** What it has taken of the machine so far. */
  use(): Promise<Use>;
  /** How it ended: its exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
  /** Tells it to end, and resolves when it has. One that doesn't within `patienceMs` is killed. */
  stop(patienceMs?: number): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

export interface PartOptions {
  readonly args?: readonly string[];
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Where its standard output and error go: descriptors, or the bench's own. */
  readonly output?: { readonly out: number | 'pipe' | 'inherit' | 'ignore'; readonly err: number | 'inherit' };
}

const PATIENCE_MS = 15_000;
/** Everything that is running: none of it may outlive the bench. */
const running = new Set<ChildProcess>();

/** Starts a program of this repository as a part. `started` sees the process before it has said anything. */
export function startPart(file: string, options: PartOptions = {}, started?: (child: ChildProcess) => void): Part {
  const { args = [], execArgv = [], env = process.env, cwd, output = { out: 'inherit', err: 'inherit' } } = options;
  const child = fork(file, [...args], {
    execArgv: [...execArgv],
    env: env as NodeJS.ProcessEnv,
    serialization: 'advanced',
    stdio: ['ignore', output.out, output.err, 'ipc'],
    ...(cwd !== undefined && { cwd }),
  });
  running.add(child);
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  void ended.finally(() => running.delete(child));
  started?.(child);

  let last = 0;
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  child.on('message', (message: Answer) => {
    const asker = waiting.get(message.id);
    waiting.delete(message.id);
    if ('error' in message) asker?.reject(new Error(message.error));
    else asker?.resolve(message.result);
  });
  void ended.then(([code, signal]) => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended with ${code ?? signal}`));
    waiting.clear();
  });

  const ask = <Result>(name: string, input?: unknown) =>
    new Promise<Result>((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve: resolve as (result: unknown) => void, reject });
      child.send({ id: last, name, input } satisfies Question, (error) => error && reject(error));
    });
  const end = async (signal: NodeJS.Signals, patienceMs: number) => {
    if (!running.has(child)) return;
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await ended;
    clearTimeout(timer);
  };
  return {
    pid: child.pid ?? 0,
    ask,
    use: () => ask<Use>(USE),
    ended: ended.then(([code]) => code),
    stop: (patienceMs = PATIENCE_MS) => end('SIGTERM', patienceMs),
    kill: () => end('SIGKILL', PATIENCE_MS),
  };
}

/** Kills what still runs, by process id. */
export function killParts(): void {
  for (const child of running) child.kill('SIGKILL');
}
