import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { describe } from 'vitest';

/** The real pcscd with vpcd's virtual readers, for tests. */
export interface Pcscd {
  start(): void;
  /** SIGKILL; resolves when it is gone. Does nothing when it doesn't run. */
  kill(): Promise<void>;
  /** Lets the next test file have it. */
  release(): Promise<void>;
}

const PROGRAM = '/usr/sbin/pcscd';
const VPCD = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
/**
 * Listening here is holding pcscd: a computer has one, since its socket has one place. Not a port that the system hands
 * out by itself, from 32768 up on Linux.
 */
const LOCK_PORT = 28_963;

/** Why tests of real readers can't run here; null when they can. */
function missing(): string | null {
  if (!existsSync(PROGRAM)) return 'pcscd is not installed';
  if (!existsSync(VPCD)) return 'vsmartcard-vpcd is not installed';
  return process.getuid?.() === 0 ? null : 'pcscd can only be started by root';
}

/** Like `describe`, for what needs pcscd: where that is missing, the tests are skipped, and say why. */
export function describePcscd(name: string, tests: () => void): void {
  const why = missing();
  describe.skipIf(why !== null)(why === null ? name : `${name} (${why})`, tests);
}

/** Waits for its turn: whatever else uses pcscd on this computer waits too. */
export async function holdPcscd(): Promise<Pcscd> {
  const lock = await takeLock();
  let running: ChildProcess | null = null;

  async function kill(): Promise<void> {
    const child = running;
    running = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  return {
    start: () => {
      running = spawn(PROGRAM, ['--foreground'], { stdio: 'ignore' });
    },
    kill,
    release: async () => {
      await kill();
      lock.close();
      await once(lock, 'close');
    },
  };
}

async function takeLock(): Promise<Server> {
  for (;;) {
    const server = createServer().listen(LOCK_PORT, '127.0.0.1');
    const taken = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (taken) return server;
    await setTimeout(50);
  }
}
