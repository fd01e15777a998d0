import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const MAIN = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));

/** A new data folder, which goes with the test. */
export function keyrackFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'keyrack-demo-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it printed, once that text is among it. */
  says(text: string): Promise<string>;
}

/** Runs the command line in a process of its own, which ends with the test at the latest. */
export function keyrack(
  args: readonly string[],
  env: Record<string, string>,
  cwd: string = process.cwd(),
  /** A descriptor that takes its standard error instead. */
  stderr: number | 'pipe' = 'pipe',
  /** The program to run: that of these sources unless told. */
  program: readonly [string, ...string[]] = [process.execPath, MAIN],
): Running {
  const [file, ...first] = program;
  const child = spawn(file, [...first, ...args], {
    // A port of its own for metrics too: tests run beside each other.
    env: { ...process.env, KEYRACK_METRICS: '127.0.0.1:0', ...env },
    cwd,
    stdio: ['ignore', 'pipe', stderr],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }));
  const says = async (text: string) => {
    while (!out.includes(text)) {
      const over = await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data').then(() => null), ended]);
      if (over !== null && !out.includes(text)) throw new Error(`it ended without saying so: ${over.out}${over.err}`);
    }
    return out;
  };
  return { child, ended, says };
}
