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
  const rude = createServer((socket) => socket.end('SSH-2.0-nobody\r\n')).listen(0, '127.0.0.1');
  onTestFinished(() => void rude.close());
  await once(rude, 'listening');
  expect(await send(`http://127.0.0.1:${(rude.address() as AddressInfo).port}/`)).toMatchObject({
    problem: 'connection',
  });
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
