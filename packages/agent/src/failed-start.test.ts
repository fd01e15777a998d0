import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentId, Mac } from '@keyrack/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { systemClock } from './clock.ts';
import { type AgentOptions, startAgent } from './start-agent.ts';

/** A start that fails, at whatever step, undoes all that it began. */

let folder: string;
let server: WebSocketServer;
let options: AgentOptions;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'keyrack-agent-')), 'agent');
  await mkdir(folder);
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  options = {
    server: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/agent`,
    folder,
    agent: '01900000-0000-7000-8000-00000000000a' as AgentId,
    token: 'A'.repeat(43),
    encoders: [{ mac: '7C778A6C7D9C' as Mac, name: 'Desk', forSignedIn: true }],
    pagePort: 0,
  };
});
afterEach(async () => {
  for (const client of server.clients) client.terminate();
  server.close();
  await rm(join(folder, '..'), { recursive: true });
});

/** Timers that were set and have neither run nor been ended: one that is left keeps the process alive. */
function countedClock() {
  const timers = new Set<object>();
  const clock = {
    ...systemClock,
    setTimeout(run: () => void, ms: number) {
      const timer = systemClock.setTimeout(() => {
        timers.delete(timer);
        run();
      }, ms);
      timers.add(timer);
      return timer;
    },
    clearTimeout(timer: object) {
      timers.delete(timer);
      systemClock.clearTimeout(timer);
    },
  };
  return { clock, timers };
}

interface Spoiled {
  readonly options?: Partial<AgentOptions>;
  readonly mend?: () => unknown;
}

/** Something else where the file of that name belongs. */
const spoilFile = (name: string, content: string | 'folder') => async (): Promise<Spoiled> => {
  const file = join(folder, name);
  await mkdir(join(file, '..'), { recursive: true });
  if (content === 'folder') await mkdir(join(file, 'occupied'), { recursive: true });
  else await writeFile(file, content);
  return { mend: () => rm(file, { recursive: true }) };
};

const STEPS: readonly [where: string, spoil: () => Promise<Spoiled>, why: RegExp][] = [
  ['at the address of its server', async () => ({ options: { server: 'ws://keys.example.com/agent' } }), /wss/],
  [
    'at its folder',
    async () => {
      await rm(folder, { recursive: true });
      await writeFile(folder, '');
      return { mend: () => rm(folder) };
    },
    /EEXIST/,
  ],
  [
    'at a folder where another one runs',
    async () => {
      const connected = once(server, 'connection');
      const other = await startAgent(options);
      await connected;
      return { mend: () => other.stop() };
    },
    /Another agent is running/,
  ],
  ['at a journal that is a file', spoilFile('journal', ''), /EEXIST/],
  ['at a journal that is damaged', spoilFile('journal/standing.json', 'no'), /Move the journal folder away/],
  ['at a journal that can’t be read', spoilFile('journal/standing.json', 'folder'), /EISDIR/],
  ['at a card that is damaged', spoilFile('cards/4567.json', '{}'), /4567\.json is damaged/],
  ['at cards that are a file', spoilFile('cards', ''), /EEXIST/],
  ['at the file of its simulated encoders', spoilFile('sim-control.json', 'folder'), /sim-control\.json/],
  ['at the beginning of that file', spoilFile('sim-control.json.new', 'folder'), /sim-control\.json\.new/],
  ['at its page', async () => ({ options: { pagePort: 70_000 } }), /port/],
];

test.each(STEPS)(
  'a start that fails %s leaves no timer, no listener, no connection and no lock',
  async (_, spoil, why) => {
    const { clock, timers } = countedClock();
    const spoiled = await spoil();
    const clients = server.clients.size;
    await expect(startAgent({ ...options, ...spoiled.options, parts: { clock } })).rejects.toThrow(why);
    expect(timers.size).toBe(0);
    await expect.poll(() => server.clients.size).toBe(clients);
    await spoiled.mend?.();
    expect(existsSync(join(folder, 'sim-control.json'))).toBe(false);
    const agent = await startAgent(options);
    await agent.stop();
  },
);
