import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
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

const MOST_TRIES = 50;
/** The longest of those times, Node's second on top of the keep-alive's, and what a busy machine takes. */
const GONE_WITHIN_MS = 8_000;

/** Every listener of the server, with a right request and the status of its answer. */
const LISTENERS = { server: ['/healthz', 200], metrics: ['/metrics', 200] } as const;
type Listener = keyof typeof LISTENERS;

let folder: string;
let server: RunningServer;
let ports: Readonly<Record<Listener, number>>;
const exceptions: unknown[] = [];
const noteException = (error: unknown) => void exceptions.push(error);
/** The server's ends of all connections. */
const accepted = new Set<Socket>();
const noteSocket = (message: unknown) => {
  const { socket } = message as { socket: Socket };
  accepted.add(socket);
  socket.on('close', () => accepted.delete(socket));
};
const strangers: Socket[] = [];

beforeAll(async () => {
  process.on('uncaughtException', noteException);
  subscribe('net.server.socket', noteSocket);
  folder = await mkdtemp(join(tmpdir(), 'keyrack-strangers-'));
  const config = readConfig({ PORT: '0', KEYRACK_METRICS: '127.0.0.1:0' }, folder);
  server = await startServer(config, pino({ level: 'silent' }), {
    limits: LIMITS,
    async prepare({ app }) {
      app.get('/throws', () => {
        throw new Error('a handler threw');
      });
    },
  });
  const portOf = (url: string) => Number(new URL(url).port);
  ports = { server: portOf(server.url), metrics: portOf(server.metricsUrl as string) };
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
  process.off('uncaughtException', noteException);
  unsubscribe('net.server.socket', noteSocket);
});
afterEach(() => {
  for (const socket of strangers.splice(0)) socket.destroy();
  exceptions.splice(0);
});

/** A connection that keeps its own side open when the server ends the other. */
async function stranger(listener: Listener): Promise<Socket> {
  const socket = connect({ port: ports[listener], host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  strangers.push(socket);
  await once(socket, 'connect');
  return socket;
}

const allGone = () => expect.poll(() => accepted.size, { timeout: GONE_WITHIN_MS }).toBe(0);

async function expectRightAnswer(listener: Listener): Promise<void> {
  const [path, status] = LISTENERS[listener];
  const ask = async () => {
    const answer = await fetch(`http://127.0.0.1:${ports[listener]}${path}`, { headers: { connection: 'close' } });
    await answer.arrayBuffer();
    return answer.status;
  };
  expect(await unhurried(ask, [status])).toBe(status);
}

/** Asks again where it is told 408 and nothing was left out: on a busy machine these short limits meet others, too. */
async function unhurried(ask: () => Promise<number>, statuses: readonly number[]): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const status = await ask();
    if (status !== 408 || statuses.includes(408) || tries === MOST_TRIES) return status;
  }
}

async function answerTo(bytes: string, listener: Listener): Promise<number> {
  const socket = await stranger(listener);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.write(bytes, 'latin1');
  await expect.poll(() => text, { timeout: GONE_WITHIN_MS }).toMatch(/^HTTP\/1\.1 \d+ /);
  socket.destroy();
  return Number(text.slice(9, 12));
}

const upgrade = (path: string, protocol: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, 'Host: a', 'Connection: Upgrade', `Upgrade: ${protocol}`, ...headers, '', ''].join('\r\n');
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';

/** What makes Node give a socket away, or end it: the bytes that are sent, and the statuses that may answer them. */
const EVENTS: readonly (readonly [string, string, readonly number[]])[] = [
  ['an upgrade that nobody offers', upgrade('/x', 'websocket', KEY, 'Sec-WebSocket-Version: 13'), [404]],
  ['an upgrade to HTTP/2', upgrade('/x', 'h2c', 'HTTP2-Settings: AAMAAABk'), [404]],
  ['a handshake without its key', upgrade('/agent', 'websocket'), [400, 404]],
  ['a handshake of another version', upgrade('/agent', 'websocket', KEY), [400, 404]],
  ['a tunnel', 'CONNECT keyrack.example:443 HTTP/1.1\r\nHost: a\r\n\r\n', [404]],
  ['bytes that are not HTTP', '\x16\x03\x01 hello\r\n\r\n', [400]],
  ['headers beyond the limit', `GET / HTTP/1.1\r\nX: ${'x'.repeat(9_000)}\r\n\r\n`, [431]],
  ['nothing', '', [408]],
  ['half a header', 'GET / HTTP/1.1\r\nHost', [408]],
  ['half a request', 'POST /Home/Qrm/cancelCard HTTP/1.1\r\nContent-Length: 9\r\n\r\nsig', [408, 404]],
  ['a request whose handler throws', 'GET /throws HTTP/1.1\r\n\r\n', [500, 404]],
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

describe.each(Object.keys(LISTENERS) as Listener[])('at the listener "%s"', (listener) => {
  describe.each(EVENTS)('%s', (_, bytes, statuses) => {
    test('is answered', async () => {
      expect(statuses).toContain(await unhurried(() => answerTo(bytes, listener), statuses));
    });

    test.each(DEEDS)('then %s leaves no connection, and a right request is served meanwhile', async (_, act) => {
      await allGone();
      const socket = await stranger(listener);
      socket.write(bytes, 'latin1');
      await act(socket);
      await expectRightAnswer(listener);
      await allGone();
      await expectRightAnswer(listener);
      expect(exceptions).toEqual([]);
    });
  });

  describe('connections beyond the limit', () => {
    // They get no answer.
    const deeds = DEEDS.filter(([deed]) => deed !== 'a reset after the answer');
    test.each(deeds)('and then %s leave no connection, and the next is served', async (_, act) => {
      await allGone();
      for (let n = 0; n < LIMITS.connections; n += 1) await stranger(listener);
      const refused = await stranger(listener);
      if (!refused.destroyed) act(refused);
      await allGone();
      await expectRightAnswer(listener);
      expect(exceptions).toEqual([]);
    });
  });
});

describe('an upgrade that is ignored', () => {
  test.each([
    ['GET', '/healthz', '', /^HTTP\/1\.1 200 [\s\S]*\{"alive":true\}$/],
    ['POST', '/Home/Qrm/cancelCard', '{}', /^HTTP\/1\.1 200 [\s\S]*\{"status":400,/],
  ])('is answered as the request that it is: %s %s', async (method, path, body, answer) => {
    const socket = await stranger('server');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    const headers = ['HTTP2-Settings: AAMAAABk', 'Content-Type: application/json', `Content-Length: ${body.length}`];
    socket.write(upgrade(path, 'h2c', ...headers).replace('GET', method));
    socket.write(body);
    await once(socket, 'end');
    expect(text).toMatch(answer);
    expect(text).toMatch(/\r\nconnection: close\r\n/i);
  });
});

describe('an agent whose connection is reset', () => {
  test.each([
    ['in the handshake', ''],
    ['behind it', 'garbage'],
  ])('%s leaves no connection', async (_, after) => {
    await allGone();
    const socket = await stranger('server');
    socket.write(upgrade('/agent', 'websocket', KEY, 'Sec-WebSocket-Version: 13') + after);
    if (after !== '') await once(socket, 'data');
    socket.resetAndDestroy();
    await allGone();
    await expectRightAnswer('server');
    expect(exceptions).toEqual([]);
  });
});
