import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { AGENT_PROTOCOL, agentEndpointAnswer, OLDEST_AGENT_PROTOCOL } from '@keyrack/protocol';
import { VERSION } from '@keyrack/protocol/version.ts';
import { afterEach, expect, test } from 'vitest';
import { NOW } from '../roomcard/testing/scripted-card-requests.ts';
import { httpWorld } from './testing/http-world.ts';

const worlds: ReturnType<typeof httpWorld>[] = [];
const world = () => {
  const made = httpWorld();
  worlds.push(made);
  return made;
};
afterEach(async () => {
  for (const { app } of worlds.splice(0)) await app.close();
});

test('the agents’ address says that Keyrack is there, and what its clock says, where no WebSocket was asked for', async () => {
  const { app, lines } = world();
  const answer = await app.inject('/agent');
  expect(answer.statusCode).toBe(426);
  expect(answer.headers).toMatchObject({ upgrade: 'websocket', 'cache-control': 'no-store' });
  // What agents of every version go by: it may gain fields, and never loses one.
  expect(answer.json()).toMatchObject({
    status: 426,
    message: expect.stringContaining('docs/reverse-proxy.md'),
    keyrack: { protocol: AGENT_PROTOCOL, oldestProtocol: OLDEST_AGENT_PROTOCOL, version: VERSION, time: NOW },
  });
  expect(agentEndpointAnswer.safeParse({ keyrack: { protocol: 9, time: 1, more: true }, more: [] }).success).toBe(true);
  // Whoever asks often fills no log.
  expect(lines).toEqual([]);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'] as const)('it takes GET alone, not %s', async (method) => {
  const answer = await world().app.inject({ method, url: '/agent' });
  expect(answer.statusCode).toBe(405);
  expect(answer.headers.allow).toBe('GET');
});

test('the connection ends with the answer: what was sent behind an upgrade that is ignored has no reader', async () => {
  const { app } = world();
  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  const lines = ['GET http://a/agent HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: websocket', '', ''];
  socket.write(`${lines.join('\r\n')}GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 426 .*connection: upgrade, close/s);
});
