import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
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

const start = (parts: Partial<ServerParts>) =>
  startServer(readConfig({ PORT: '0', KEYRACK_METRICS: 'none' }, folder), recordingLog().log, parts);

const isReached = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

describe('a start that fails', () => {
  test.each<[where: string, before: () => Promise<unknown>, parts: Partial<ServerParts>]>([
    ['at its first write', async () => {}, failingAt('callersGone')],
    ['in its preparation', async () => {}, { prepare: () => Promise.reject(new Error('not prepared')) }],
    ['at the file of the operator', () => mkdir(join(folder, 'operator.json.new'), { recursive: true }), {}],
  ])('%s leaves no timer, no listener and no lock', async (_, before, parts) => {
    const { clock, timers } = countedClock();
    await before();
    let port = 0;
    const prepare: ServerParts['prepare'] = async (preparation) => {
      preparation.app.addHook('onListen', async () => {
        const address = preparation.app.server.address();
        port = typeof address === 'object' && address !== null ? address.port : 0;
      });
      await parts.prepare?.(preparation);
    };
    await expect(start({ ...parts, clock, prepare })).rejects.toThrow();
    expect(timers.size).toBe(0);
    if (port !== 0) expect(await isReached(port)).toBe(false);
    await rm(join(folder, 'operator.json.new'), { recursive: true, force: true });
    const server = await start({});
    await server.stop();
  });
});

describe('a stop', () => {
  test('ends the server although the file of the operator cannot be removed', async () => {
    const server = await start({});
    const { port } = new URL(server.url);
    await rm(join(folder, 'operator.json'));
    await mkdir(join(folder, 'operator.json', 'occupied'), { recursive: true });
    await server.stop();
    expect(await isReached(Number(port))).toBe(false);
    expect(await readdir(folder)).toContain('operator.json');
  });
});
