import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
const SETPRIV = '/usr/bin/setpriv';
const PID_FILE = '/run/pcscd/pcscd.pid';
const SOCKET = '/run/pcscd/pcscd.comm';
/** pcsc-lite's winscard_msg.h: size and command (17, version), then version 4.4 and room for the result. */
const ASK_VERSION = new Uint8Array(Uint32Array.of(12, 17, 4, 4, 0).buffer);
const VPCD = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
/**
 * Listening here is holding pcscd: a computer has one, since its socket has one place. Not a port that the system hands
 * out by itself, from 32768 up on Linux.
 */
const LOCK_PORT = 28_963;
/**
 * vpcd listens here for the card on its first reader, and at the next one for the second. Its own choice, 35963, is a
 * port that any connection of this computer may have got.
 */
export const FIRST_READER_PORT = 28_964;

/** Under Wine: the port of who starts and kills pcscd outside of it (scripts/windows/keep-pcscd.mjs). */
const KEEPER = Number(process.env.KEYRACK_PCSCD_KEEPER ?? 0);

/** Why tests of real readers can't run here; null when they can. */
function missing(): string | null {
  if (KEEPER > 0) return null;
  if (!existsSync(PROGRAM)) return 'pcscd is not installed';
  if (!existsSync(VPCD)) return 'vsmartcard-vpcd is not installed';
  return process.getuid?.() === 0 ? null : 'pcscd can only be started by root';
}

/** How long a test of pcscd may take. It starts processes and waits for polls, which takes long on a busy machine. */
const PCSCD_TEST_MS = 300_000;

/** Like `describe`, for what needs pcscd: where that is missing, the tests are skipped, and say why. */
export const describePcscd = describePcscdWithin(PCSCD_TEST_MS);

/** The same, for what looks at pcscd's socket or at its processes, as only Linux lets it. */
export function describePcscdHere(name: string, tests: () => void): void {
  if (KEEPER > 0) describe.skip(`${name} (pcscd runs outside of Wine)`, tests);
  else describePcscd(name, tests);
}

/** The same, with a time limit of its own for each test. Milliseconds. */
export function describePcscdWithin(timeout: number): (name: string, tests: () => void) => void {
  return (name, tests) => {
    const why = missing();
    describe.skipIf(why !== null)(why === null ? name : `${name} (${why})`, { timeout }, tests);
  };
}

/** How long such a test waits for one thing to happen. */
export const WAIT_MS = 60_000;

/** How long `holdPcscd` may take: another test file may be at it, which takes a minute or, on a slow machine, some. */
export const HOLD_MS = 600_000;

/** Waits for its turn: whatever else uses pcscd on this computer waits too. */
export async function holdPcscd(): Promise<Pcscd> {
  const lock = await takeLock();
  if (KEEPER > 0) return keptPcscd(lock);
  if (runsAlready())
    throw new Error(`Another pcscd runs on this computer; stop it (${PID_FILE}) and run the tests again.`);
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-pcscd-'));
  const config = join(folder, 'vpcd.conf');
  const device = `/dev/null:0x${FIRST_READER_PORT.toString(16)}`;
  writeFileSync(config, `FRIENDLYNAME "Virtual PCD"\nDEVICENAME ${device}\nLIBPATH ${VPCD}\nCHANNELID 1\n`);
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
      const args = ['--foreground', '--config', config];
      // Ends with the process that runs the tests, however that ends: one that was left behind would answer other tests.
      running = existsSync(SETPRIV)
        ? spawn(SETPRIV, ['--pdeathsig', 'KILL', PROGRAM, ...args], { stdio: 'ignore' })
        : spawn(PROGRAM, args, { stdio: 'ignore' });
    },
    kill,
    release: async () => {
      await kill();
      rmSync(folder, { recursive: true });
      lock.close();
      await once(lock, 'close');
    },
  };
}

function keptPcscd(lock: Server): Pcscd {
  let asked: Promise<unknown> = Promise.resolve();
  const ask = (what: 'start' | 'kill') => {
    asked = asked.then(() => askKeeper(what));
    return asked.then(() => undefined);
  };
  return {
    start: () => void ask('start'),
    kill: () => ask('kill'),
    release: async () => {
      await ask('kill');
      lock.close();
      await once(lock, 'close');
    },
  };
}

async function askKeeper(what: 'start' | 'kill' | 'answers'): Promise<boolean> {
  const socket = connect(KEEPER, '127.0.0.1', () => socket.write(what));
  const [answer] = await once(socket, 'data');
  socket.destroy();
  return String(answer) === 'yes';
}

/**
 * Whether pcscd answers its clients, as it does when it has looked at its readers. A card that lies there while it looks
 * is waited for, and programs that connect meanwhile are held up: for ever, when the card is one of their own.
 * @param at the socket of another one than this computer's
 */
export function pcscdAnswers(at?: string): Promise<boolean> {
  if (KEEPER > 0 && at === undefined) return askKeeper('answers');
  return new Promise((resolve) => {
    const socket = connect(at ?? SOCKET);
    socket.on('connect', () => socket.write(ASK_VERSION));
    socket.once('data', () => {
      resolve(true);
      socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(false));
  });
}

function runsAlready(): boolean {
  try {
    // pcscd ends its number with a line and a zero byte.
    process.kill(Number.parseInt(readFileSync(PID_FILE, 'utf8'), 10), 0);
    return true;
  } catch {
    return false; // no such file, or what was killed left it behind
  }
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
