import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type MinisignSecretKey, newFileHash, readSecretKey, signHash } from '@keyrack/protocol/minisign.ts';
import { VERSION } from '@keyrack/protocol/version.ts';
import { LOBBY_ENCODER } from '../../world/template.ts';
import { BARE, SYSTEM, unpacked } from './packages.ts';
import { TEST_KEY } from './test-key.ts';

const run = promisify(execFile);

/** A version for tests: its Node is this package's own, so that its archive is small. */
export interface MadeVersion {
  readonly version: string;
  /** What its program is, instead of the agent's. */
  readonly main?: string;
  /** What its program does first, and then it is the agent's. */
  readonly first?: string;
  /** So many bytes of nothing lie in it besides. */
  readonly zeros?: number;
}

const nameOf = (version: string) => `keyrack-agent-${version}-${SYSTEM}.tar.xz`;

/** The agent's package in a folder of its own, as somebody unpacked it. */
export function copyPackage(to: string): string {
  // Node takes 121 MB, and nobody changes it.
  execFileSync('cp', ['-al', unpacked('agent'), to]);
  // The next two are written to by an update: they must not be those that others use.
  for (const file of ['current', 'keyrack']) {
    const text = readFileSync(join(to, file));
    rmSync(join(to, file));
    writeFileSync(join(to, file), text, { mode: 0o755 });
  }
  return to;
}

/** A folder of downloads, as a server offers it. */
export function offeredFolder(folder: string) {
  const archives = join(folder, 'offered');
  mkdirSync(archives, { recursive: true });
  const node = join(unpacked('agent'), 'versions', VERSION, 'bin/node');

  /** Takes the archives that were offered away, and offers these. */
  function offer(
    made: readonly MadeVersion[],
    {
      key = readSecretKey(TEST_KEY.secret),
      changed = (text: string) => text,
    }: { key?: MinisignSecretKey; changed?: (checksums: string) => string } = {},
  ): void {
    for (const file of readdirSync(archives)) rmSync(join(archives, file));
    for (const each of made) pack(each);
    const lines = made.map(({ version }) => `${sha256(join(archives, nameOf(version)))}  ${nameOf(version)}\n`);
    const text = lines.join('');
    const comment = `SHA256SUMS of Keyrack ${made[0]?.version}`;
    writeFileSync(join(archives, 'SHA256SUMS'), changed(text));
    writeFileSync(join(archives, 'SHA256SUMS.minisig'), signHash(key, newFileHash().update(text).digest(), comment));
  }

  function pack({ version, main, first = '', zeros }: MadeVersion): void {
    const stage = join(folder, 'stage');
    rmSync(stage, { recursive: true, force: true });
    const to = join(stage, 'keyrack-agent/versions', version);
    const from = join(unpacked('agent'), 'versions', VERSION);
    mkdirSync(join(to, 'bin'), { recursive: true });
    writeFileSync(join(to, 'bin/node'), `#!/bin/sh\nexec ${node} "$@"\n`, { mode: 0o755 });
    writeFileSync(join(stage, 'keyrack-agent/current'), `${version}\n`);
    if (main === undefined)
      for (const part of ['node_modules', 'release-key.pub'])
        cpSync(join(from, part), join(to, part), { recursive: true });
    cpSync(join(from, 'lib'), join(to, 'lib'), { recursive: true });
    if (zeros !== undefined) writeFileSync(join(to, 'zeros'), Buffer.alloc(zeros));
    const file = join(to, 'lib/main.js');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, main ?? first + text.replace(`VERSION = "${VERSION}"`, `VERSION = "${version}"`));
    execFileSync('tar', ['-C', stage, '--format=posix', '-I', 'xz -0', '-cf', join(folder, 'packed'), 'keyrack-agent']);
    renameSync(join(folder, 'packed'), join(archives, nameOf(version)));
  }
  return { folder: archives, offer };
}

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** An agent that runs from its package, with a simulated encoder. */
export interface PackagedAgent {
  /** What it has said, on both of its outputs. */
  readonly said: () => string;
  /** Resolves when it has said something like it. */
  whenSaid(text: RegExp): Promise<void>;
  readonly ended: Promise<number | null>;
  stop(): Promise<number | null>;
  /** Ends the process that was started, and none of those that it started. */
  killAlone(): void;
  /** Ends it and all that it started, as a power cut does. */
  kill(): Promise<void>;
}

export function startPackaged(
  top: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  pagePort = 'off',
): PackagedAgent {
  const common = ['--sim-encoder', LOBBY_ENCODER, '--page-port', pagePort];
  const agent = spawn(join(top, 'keyrack'), ['agent', ...args, ...common], {
    env: { ...BARE, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listeners = new Set<() => void>();
  for (const stream of [agent.stdout, agent.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      for (const listener of listeners) listener();
    });
  // Its outputs are closed when the last process that it started is gone.
  const ended = once(agent, 'close').then(([code]) => code as number | null);
  return {
    said: () => said,
    whenSaid: (text) => {
      const heard = new Promise<void>((resolve) => {
        const look = () => {
          if (!text.test(said)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      });
      const over = ended.then((code) => {
        if (!text.test(said)) throw new Error(`it ended with code ${code} before it said ${text}:\n${said}`);
      });
      return Promise.race([heard, over]);
    },
    ended,
    stop: () => {
      agent.kill('SIGTERM');
      return ended;
    },
    killAlone: () => void agent.kill('SIGKILL'),
    kill: async () => {
      try {
        process.kill(-(agent.pid as number), 'SIGKILL');
      } catch {}
      await ended;
    },
  };
}

export interface CommandEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `keyrack agent update`, to its end. */
export async function updateBy(top: string, data: string, ...more: readonly string[]): Promise<CommandEnd> {
  try {
    const { stdout, stderr } = await run(join(top, 'keyrack'), ['agent', 'update', '--data', data, ...more], {
      env: BARE,
    });
    return { code: 0, out: stdout.trim(), err: stderr.trim() };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout.trim(), err: stderr.trim() };
  }
}

/** A person's hands at the simulated encoder. */
export async function sim(top: string, data: string, ...args: readonly string[]): Promise<string> {
  return (await run(join(top, 'keyrack'), ['sim', '--data', data, ...args], { env: BARE })).stdout;
}

export const currentOf = (top: string) => readFileSync(join(top, 'current'), 'utf8').trim();
export const versionsOf = (top: string) => readdirSync(join(top, 'versions')).sort();
