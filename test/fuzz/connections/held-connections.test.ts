import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createFindings } from '../findings.ts';
import type { Input } from '../target.ts';
import { holdConnections } from './held-connections.ts';

const INPUT: Input = { shown: 'nothing', feed: () => undefined };
const limits = { unfinishedMs: 300, idleMs: 300, lifeMs: null, closeMs: 100 };

/** What is found about a listener that does this with a connection, of which the client holds on to its side. */
async function foundOn(serve: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    serve(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const said: string[] = [];
  const findings = createFindings((text) => void said.push(text));
  const { port } = server.address() as AddressInfo;
  const held = holdConnections({ name: 'x', port: async () => port, limits, mostHeld: 5 }, findings);
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(client, 'connect');
  held.hold(client, INPUT);
  client.write('x');
  await held.settle(10_000);
  held.close();
  expect(said).toHaveLength(findings.figures.kept);
  return said.join();
}

test('a connection that is closed after its end is not kept', async () => {
  expect(await foundOn((socket) => void socket.end('bye', () => socket.destroy()))).toBe('');
});

test('nor is one that is reset', async () => {
  expect(await foundOn((socket) => void socket.once('data', () => socket.resetAndDestroy()))).toBe('');
});

test('one that is ended and not closed is kept', async () => {
  expect(await foundOn((socket) => void socket.end('bye'))).toContain('kept at x: ended, and not closed');
});

test('one that nobody ends is kept', async () => {
  expect(await foundOn((socket) => void socket.resume())).toContain('kept at x: not ended after');
});
