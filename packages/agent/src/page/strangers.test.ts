import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { SILENT } from '../log.ts';
import { createDeskWorld } from '../testing/desk-world.ts';
import { type RunningPage, startPage } from './page-server.ts';

/** Other programs of this computer reach the page's port, and none may end the agent or hold its page up. */

const LIMITS = { requestMs: 150, checkMs: 25, quietMs: 300, connections: 6 };
/** Those times, Node's 6 s for a kept connection, and what a busy machine takes. */
const GONE_WITHIN_MS = 15_000;

let page: RunningPage;
let port: number;
const accepted = new Set<Socket>();
const noteSocket = (message: unknown) => {
  const { socket } = message as { socket: Socket };
  accepted.add(socket);
  socket.on('close', () => accepted.delete(socket));
};
const strangers: Socket[] = [];

beforeEach(async () => {
  subscribe('net.server.socket', noteSocket);
  const world = await createDeskWorld();
  page = await startPage({ desk: world.desk(), port: 0, clock: systemClock, log: SILENT, limits: LIMITS });
  port = Number(new URL(page.url).port);
});
afterEach(async () => {
  await page.close();
  for (const socket of strangers.splice(0)) socket.destroy();
  unsubscribe('net.server.socket', noteSocket);
});

async function stranger(sent: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  strangers.push(socket);
  await once(socket, 'connect');
  socket.write(sent, 'latin1');
  return socket;
}

/** Asked again where it is told 408: on a busy machine these short limits meet a right request, too. */
async function statusOfPage(): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(page.url, { headers: { connection: 'close' } });
    await answer.text();
    if (answer.status !== 408 || tries === 50) return answer.status;
  }
}

const SENT: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['half a header', 'GET / HTTP/1.1\r\nHost'],
  ['half a body', `POST /decline HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{`],
  ['bytes that are not HTTP', '\x16\x03\x01 hello\r\n\r\n'],
  ['a tunnel', 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['an upgrade', 'GET /live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
  ['requests whose answers it never reads', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'.repeat(2_000)],
];
const DEEDS: readonly (readonly [string, (socket: Socket) => unknown])[] = [
  ['is silent', (socket) => socket.resume()],
  ['reads nothing', (socket) => socket.pause()],
  ['closes its half', (socket) => socket.end()],
  ['resets', (socket) => socket.resetAndDestroy()],
];

describe.each(SENT)('a connection that sent %s', (_, sent) => {
  test.each(DEEDS)('and then %s is gone in time, and the page is served', async (_, act) => {
    act(await stranger(sent));
    await expect.poll(() => accepted.size, { timeout: GONE_WITHIN_MS }).toBe(0);
    expect(await statusOfPage()).toBe(200);
  });
});
