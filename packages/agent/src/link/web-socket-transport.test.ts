import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { LINK_LIMITS } from './link-limits.ts';
import { obstacleText } from './obstacle.ts';
import { webSocketTransport } from './web-socket-transport.ts';

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

/** A channel to a server on loopback, and what the listener was told, as promises. */
async function connected() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  servers.push(server);
  await once(server, 'listening');
  const arriving = once(server, 'connection') as Promise<[WebSocket]>;
  const texts: string[] = [];
  let wake = () => {};
  const opened = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<string>();
  const channel = webSocketTransport.connect(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    opened: opened.resolve,
    received: (text) => {
      texts.push(text);
      wake();
    },
    closed: (why) => closed.resolve(obstacleText(why)),
  });
  const [socket] = await arriving;
  await opened.promise;
  const received = async (count: number) => {
    while (texts.length < count) await new Promise<void>((resolve) => (wake = resolve));
    return texts;
  };
  return { channel, socket, received, closed: closed.promise };
}

test('text goes both ways, whole and in order', async () => {
  const { channel, socket, received } = await connected();
  const heard = once(socket, 'message');
  channel.send('{"from":"agent"}');
  expect(String((await heard)[0])).toBe('{"from":"agent"}');
  socket.send('one');
  socket.send('zwei ü');
  expect(await received(2)).toEqual(['one', 'zwei ü']);
});

test('the end is told once, with its reason', async () => {
  const { socket, closed } = await connected();
  socket.close(1001, 'going away');
  expect(await closed).toBe('the connection closed (1001 going away)');
});

test('a connection that breaks is told', async () => {
  const { channel, socket, closed } = await connected();
  socket.terminate();
  expect(await closed).toContain('1006');
  channel.send('into the void');
  channel.close();
});

test('the agent hangs up', async () => {
  const { channel, socket } = await connected();
  const gone = once(socket, 'close');
  channel.close();
  expect((await gone)[0]).toBe(1000);
});

test('a message beyond the limit ends the connection', async () => {
  const { socket, closed } = await connected();
  socket.send('x'.repeat(LINK_LIMITS.receiveBytes + 1));
  expect(await closed).toContain('Max payload size exceeded');
});

test('a binary message ends the connection', async () => {
  const { socket, closed } = await connected();
  socket.send(Buffer.from('binary'));
  expect(await closed).toContain('the server sent a binary message');
});

test.each(['ws://127.0.0.1:1', 'not an address', 'https://[broken', 'wss://127.0.0.1:1'])(
  '%s cannot be reached',
  async (url) => {
    const reason = await new Promise<string>((closed) => {
      webSocketTransport.connect(url, {
        opened: () => {},
        received: () => {},
        closed: (why) => closed(obstacleText(why)),
      });
    });
    expect(reason).not.toBe('');
  },
);

test('an attempt can be given up', async () => {
  const { channel, socket } = await connected();
  channel.close();
  channel.close();
  await once(socket, 'close');
});
