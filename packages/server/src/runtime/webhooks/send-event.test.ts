import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { webhookReceiver } from '../../testing/webhook-receiver.ts';
import { createWebhookNetworks } from './networks.ts';
import { type SendParts, sendEvent } from './send-event.ts';

const listed = createWebhookNetworks(['127.0.0.1']);
const send = (url: string, parts: Partial<SendParts> = {}) =>
  sendEvent(
    { url, headers: { 'webhook-id': 'evt' }, body: '{}' },
    { networks: listed, timeoutMs: 20_000, monotonic: () => performance.now(), ...parts },
  );

it('what is answered with 2xx is delivered', async () => {
  const receiver = await webhookReceiver();
  for (const status of [200, 204, 299]) {
    receiver.answer(status);
    expect(await send(receiver.url)).toMatchObject({ delivered: true, status, problem: null });
  }
  expect(receiver.received[0]).toMatchObject({ headers: { 'webhook-id': 'evt' }, body: '{}' });
});

it('any other answer is a failure, and a redirect is followed by nobody', async () => {
  const [receiver, other] = [await webhookReceiver(), await webhookReceiver()];
  for (const status of [400, 404, 410, 500, 503]) {
    receiver.answer(status);
    expect(await send(receiver.url)).toMatchObject({ delivered: false, status, problem: 'status', retryAfterMs: 0 });
  }
  receiver.answer((_request, response) => response.writeHead(503, { 'retry-after': '120' }).end());
  expect(await send(receiver.url)).toMatchObject({ retryAfterMs: 120_000 });
  receiver.answer((_request, response) => response.writeHead(307, { location: other.url }).end());
  expect(await send(receiver.url)).toMatchObject({ delivered: false, status: 307, problem: 'redirect' });
  expect(other.connections()).toBe(0);
});

it('a receiver that is silent, gone or endless takes no longer than it may, and no memory', async () => {
  const receiver = await webhookReceiver();
  receiver.answer(() => {});
  expect(await send(receiver.url, { timeoutMs: 50 })).toMatchObject({
    delivered: false,
    status: null,
    problem: 'timeout',
  });
  receiver.answer((_request, response) => {
    response.writeHead(200);
    const pour = () => {
      while (response.write(Buffer.alloc(64 * 1024)));
    };
    response.on('drain', pour);
    pour();
  });
  expect(await send(receiver.url)).toMatchObject({ delivered: true, status: 200 });
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ problem: 'connection', status: null });
});

it.each([
  ['another protocol', 'SSH-2.0-nobody\r\n', 'connection'],
  ['nothing at all', '', 'connection'],
  [
    'a change of protocols',
    'HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    'connection',
  ],
  ['half an answer', 'HTTP/1.1 200 OK\r\ncontent-le', 'connection'],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 'connection'],
  ['headers without end', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(10_000)}`, 'connection'],
  ['an early hint and no answer', 'HTTP/1.1 103 Early Hints\r\n\r\n', 'connection'],
])('a receiver that answers with %s is done with at once', async (_, answer, problem) => {
  const rude = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void rude.close());
  await once(rude, 'listening');
  const url = `http://127.0.0.1:${(rude.address() as AddressInfo).port}/`;
  expect(await send(url)).toMatchObject({ delivered: false, problem });
});

it('the address is judged that is connected to, by name and by number; no connection is made to another', async () => {
  const receiver = await webhookReceiver();
  const { port } = new URL(receiver.url);
  const nothing = { networks: createWebhookNetworks([]) };
  for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'])
    for (const scheme of ['http', 'https'])
      expect([host, await send(`${scheme}://${host}:${port}/`, nothing)]).toMatchObject([host, { problem: 'address' }]);
  // A name that had a good address when the webhook was made.
  const asked: string[] = [];
  const resolve = async (name: string) => {
    asked.push(name);
    return asked.length === 1 ? ['127.0.0.1', '10.0.0.1'] : ['127.0.0.1'];
  };
  expect(await send(`https://hooks.example.com:${port}/`, { ...nothing, resolve })).toMatchObject({
    problem: 'address',
  });
  expect(receiver.connections()).toBe(0);
  // One that is listed is connected to, by one look-up; others of the same name aren't.
  expect(
    await send(`http://hooks.example.com:${port}/`, { resolve: async () => ['10.0.0.1', '127.0.0.1'] }),
  ).toMatchObject({
    delivered: true,
  });
  expect(asked).toEqual(['hooks.example.com']);
  const unknown = { resolve: async () => Promise.reject(new Error('no such name')) };
  expect(await send('https://no.example.com/', unknown)).toMatchObject({ problem: 'connection' });
});
