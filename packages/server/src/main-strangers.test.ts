import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { type RunningServer, startServer } from './main.ts';

const LIMITS = {
  headersMs: 150,
  requestMs: 300,
  checkMs: 25,
  keepAliveMs: 100,
  lingerMs: 100,
  connections: 8,
  spareConnections: 0,
};
/** The longest of those times, Node's second on top of the keep-alive's, and what a busy machine takes. */
const GONE_WITHIN_MS = 8_000;

let folder: string;
let server: RunningServer;
let listener: Server;
const exceptions: unknown[] = [];
const noteException = (error: unknown) => void exceptions.push(error);
const strangers: Socket[] = [];

beforeAll(async () => {
  process.on('uncaughtException', noteException);
  folder = await mkdtemp(join(tmpdir(), 'keyrack-strangers-'));
  server = await startServer(readConfig({ PORT: '0', KEYRACK_METRICS: 'none' }, folder), pino({ level: 'silent' }), {
    limits: LIMITS,
    async prepare({ app }) {
      listener = app.server;
      app.get('/throws', () => {
        throw new Error('a handler threw');
      });
    },
  });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
  process.off('uncaughtException', noteException);
});
afterEach(() => {
  for (const socket of strangers.splice(0)) socket.destroy();
  exceptions.splice(0);
});

/** A connection that keeps its own side open when the server ends the other. */
async function stranger(): Promise<Socket> {
  const { port } = listener.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  strangers.push(socket);
  await once(socket, 'connect');
  return socket;
}

const connections = () =>
  new Promise<number>((resolve, reject) =>
    listener.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
  );

const allGone = () => expect.poll(connections, { timeout: GONE_WITHIN_MS }).toBe(0);

const upgrade = (path: string, protocol: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, 'Host: a', 'Connection: Upgrade', `Upgrade: ${protocol}`, ...headers, '', ''].join('\r\n');
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';

/** What makes Node give a socket away, or end it: the bytes that are sent, and how the answer begins. */
const EVENTS: readonly (readonly [string, string, RegExp])[] = [
  ['an upgrade that nobody offers', upgrade('/x', 'websocket', KEY, 'Sec-WebSocket-Version: 13'), /^HTTP\/1\.1 404 /],
  ['an upgrade to HTTP/2', upgrade('/healthz', 'h2c', 'HTTP2-Settings: AAMAAABk'), /^HTTP\/1\.1 200 /],
  ['a handshake without its key', upgrade('/agent', 'websocket'), /^HTTP\/1\.1 400 /],
  ['a handshake of another version', upgrade('/agent', 'websocket', KEY), /^HTTP\/1\.1 400 /],
  ['a tunnel', 'CONNECT keyrack.example:443 HTTP/1.1\r\nHost: a\r\n\r\n', /^HTTP\/1\.1 404 /],
  ['bytes that are not HTTP', '\x16\x03\x01 hello\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['headers beyond the limit', `GET / HTTP/1.1\r\nX: ${'x'.repeat(9_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
  ['nothing', '', /^HTTP\/1\.1 408 /],
  ['half a request', 'POST /Home/Qrm/cancelCard HTTP/1.1\r\nContent-Length: 9\r\n\r\nsig', /^HTTP\/1\.1 408 /],
  ['a request whose handler throws', 'GET /throws HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 500 /],
];

/** What the stranger does behind those bytes. */
const DEEDS: readonly (readonly [string, (socket: Socket) => unknown])[] = [
  ['a reset at once', (socket) => socket.resetAndDestroy()],
  ['a reset after the answer', async (socket) => (await once(socket, 'data')) && socket.resetAndDestroy()],
  ['a half close', (socket) => socket.end()],
  ['silence', (socket) => socket.resume()],
  [
    'garbage without end',
    (socket) => {
      socket.resume();
      const more = setInterval(() => socket.write('\0\xff garbage\r\n\r\n', 'latin1'), 5);
      socket.on('close', () => clearInterval(more));
    },
  ],
  ['no reading', (socket) => socket.pause()],
];

async function rightRequest(): Promise<unknown> {
  const answer = await fetch(`${server.url}/healthz`, { headers: { connection: 'close' } });
  return answer.json();
}

describe.each(EVENTS)('%s', (_, bytes, answer) => {
  test('is answered', async () => {
    const socket = await stranger();
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.write(bytes);
    await expect.poll(() => text, { timeout: GONE_WITHIN_MS }).toMatch(answer);
  });

  test.each(DEEDS)('then %s leaves no connection, and a right request is served meanwhile', async (_, act) => {
    await allGone();
    const socket = await stranger();
    socket.write(bytes, 'latin1');
    await act(socket);
    expect(await rightRequest()).toEqual({ alive: true });
    await allGone();
    expect(await rightRequest()).toEqual({ alive: true });
    expect(exceptions).toEqual([]);
  });
});

describe('an upgrade that is ignored', () => {
  test('is answered as the request that it is, body included', async () => {
    const socket = await stranger();
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    const head = upgrade('/Home/Qrm/cancelCard', 'h2c', 'Content-Type: application/json', 'Content-Length: 2');
    socket.write(head.replace('GET', 'POST'));
    socket.write('{}');
    await once(socket, 'end');
    expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\nconnection: close\r\n[\s\S]*\{"status":400,/i);
  });
});

describe('connections beyond the limit', () => {
  // They get no answer.
  const deeds = DEEDS.filter(([deed]) => deed !== 'a reset after the answer');
  test.each(deeds)('and then %s leave no connection, and the next is served', async (_, act) => {
    await allGone();
    for (let n = 0; n < LIMITS.connections; n += 1) await stranger();
    const refused = await stranger();
    if (!refused.destroyed) act(refused);
    await allGone();
    expect(await rightRequest()).toEqual({ alive: true });
    expect(exceptions).toEqual([]);
  });
});

describe('an agent whose connection is reset', () => {
  test.each([
    ['in the handshake', ''],
    ['behind it', 'garbage'],
  ])('%s leaves no connection', async (_, after) => {
    await allGone();
    const socket = await stranger();
    socket.write(upgrade('/agent', 'websocket', KEY, 'Sec-WebSocket-Version: 13') + after);
    if (after !== '') await once(socket, 'data');
    socket.resetAndDestroy();
    await allGone();
    expect(await rightRequest()).toEqual({ alive: true });
    expect(exceptions).toEqual([]);
  });
});
