import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { type ServerParts, startServer } from './main.ts';
import { systemClock } from './runtime/clock.ts';
import { StoreError } from './store/store.ts';
import { recordingLog } from './testing/recording-log.ts';

/** A start that fails undoes all that it began, and a stop ends all that there is, whatever stands in its way. */

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyrack-start-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Timers that were set and have neither run nor been cleared: one that is left keeps the process alive. */
function countedClock() {
  const timers = new Set<object>();
  return {
    timers,
    clock: {
      ...systemClock,
      setTimeout(callback: () => void, ms: number) {
        const timer = systemClock.setTimeout(() => {
          timers.delete(timer);
          callback();
        }, ms);
        timers.add(timer);
        return timer;
      },
      clearTimeout(timer: object) {
        timers.delete(timer);
        systemClock.clearTimeout(timer);
      },
    },
  };
}

const failingAt = (name: string): Partial<ServerParts> => ({
  wrapStore: (store) => ({
    ...store,
    run: (called, input) =>
      called === name ? Promise.reject(new StoreError('aborted', 'the disk is full')) : store.run(called, input),
  }),
});

const ENV = { PORT: '0', KEYRACK_METRICS: 'none' };

const start = (parts: Partial<ServerParts>, env: Record<string, string> = {}) =>
  startServer(readConfig({ ...ENV, ...env }, folder), recordingLog().log, parts);

const isReached = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** What makes a step of the start fail. */
interface Spoiled {
  readonly parts?: Partial<ServerParts>;
  readonly env?: Record<string, string>;
  /** Takes the cause away again. */
  readonly mend?: () => unknown;
}

async function takenPort(): Promise<{ readonly port: string; free(): Promise<unknown> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port: String(port), free: () => once(server.close(), 'close') };
}

/** Something else where the file of that name belongs. */
const spoilFile = (name: string, content: string | 'folder') => async (): Promise<Spoiled> => {
  const file = join(folder, name);
  if (content === 'folder') await mkdir(join(file, 'occupied'), { recursive: true });
  else await writeFile(file, content);
  return { mend: () => rm(file, { recursive: true }) };
};

const STEPS: readonly [where: string, spoil: () => Promise<Spoiled>, why: RegExp][] = [
  [
    'at its data folder',
    async () => {
      await rm(folder, { recursive: true });
      await writeFile(folder, '');
      return { mend: () => rm(folder) };
    },
    /EEXIST/,
  ],
  ['at a restore that was interrupted', spoilFile('keyrack.db.restoring', ''), /restore was interrupted/],
  ['at a database that is none', spoilFile('keyrack.db', 'Dear diary, '.repeat(1000)), /not a Keyrack database/],
  [
    'at a database that another server has',
    async () => {
      const other = await start({});
      return { mend: () => other.stop() };
    },
    /Stop it first/,
  ],
  ['at its key', spoilFile('master.key', 'short'), /isn't 32 bytes/],
  ['at its first write', async () => ({ parts: failingAt('callersGone') }), /the disk is full/],
  [
    'in its preparation',
    async () => ({ parts: { prepare: () => Promise.reject(new Error('not prepared')) } }),
    /not prepared/,
  ],
  [
    'at the port of its metrics, which somebody chose',
    async () => {
      const { port, free } = await takenPort();
      return { env: { KEYRACK_METRICS: `127.0.0.1:${port}` }, mend: free };
    },
    /EADDRINUSE/,
  ],
  [
    'at its port',
    async () => {
      const { port, free } = await takenPort();
      return { env: { PORT: port, KEYRACK_METRICS: '127.0.0.1:0' }, mend: free };
    },
    /EADDRINUSE/,
  ],
  ['at its address', async () => ({ env: { HOST: '192.0.2.1' } }), /EADDRNOTAVAIL/],
  ['at the file with its address', spoilFile('server.json', 'folder'), /server\.json/],
  ['at the beginning of that file', spoilFile('server.json.new', 'folder'), /server\.json/],
];

describe('a start that fails', () => {
  test.each(STEPS)('%s leaves no timer, no listener and no lock', async (_, spoil, why) => {
    const { clock, timers } = countedClock();
    const { parts = {}, env, mend } = await spoil();
    let port = 0;
    const prepare: ServerParts['prepare'] = async (preparation) => {
      preparation.app.addHook('onListen', async () => {
        const address = preparation.app.server.address();
        port = typeof address === 'object' && address !== null ? address.port : 0;
      });
      await parts.prepare?.(preparation);
    };
    await expect(start({ ...parts, clock, prepare }, env)).rejects.toThrow(why);
    expect(timers.size).toBe(0);
    if (port !== 0) expect(await isReached(port)).toBe(false);
    await mend?.();
    const server = await start({});
    await server.stop();
  });
});

describe('a stop', () => {
  test('ends the server although the file with its address cannot be removed', async () => {
    const server = await start({});
    const { port } = new URL(server.url);
    await rm(join(folder, 'server.json'));
    await mkdir(join(folder, 'server.json', 'occupied'), { recursive: true });
    await server.stop();
    expect(await isReached(Number(port))).toBe(false);
    expect(await readdir(folder)).toContain('server.json');
  });
});
