import { once } from 'node:events';
import type { Server } from 'node:https';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { createTestAuthority } from '../testing/certificates.ts';
import { type ConnectProxy, type ProxyManner, startConnectProxy } from '../testing/connect-proxy.ts';
import { type Obstacle, obstacleText } from './obstacle.ts';
import { proxyFor } from './proxy.ts';
import { checkServerAddress } from './server-address.ts';
import { type NetworkRoute, webSocketTransportBy } from './web-socket-transport.ts';

const HOST = 'keyrack.hotel.example';
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A server with a certificate for that name, to whom everybody says nothing but "welcome". */
async function secureServer(authority = createTestAuthority('Hotel CA'), name = HOST) {
  const server: Server = createServer(authority.certify(name));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.send('welcome'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, ca: authority.certificate, url: `wss://${HOST}:${port}/agent` };
}

async function proxyThat(manner: ProxyManner, to?: { readonly port: number }): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(manner, to);
  ends.push(proxy.close);
  return proxy;
}

/** What comes first of a connection: a text of the server, or the reason of its end. */
function firstHeard(url: string, route: NetworkRoute): Promise<string> {
  return new Promise((resolve) => {
    const closed = (why: Obstacle) => resolve(obstacleText(why));
    const channel = webSocketTransportBy(route).connect(url, { opened: () => {}, received: resolve, closed });
    ends.push(channel.close);
  });
}

describe('through a proxy', () => {
  test('the server is reached, by its own name and certificate', async () => {
    const { port, ca, url } = await secureServer();
    const proxy = await proxyThat({ type: 'lets-through' }, { port });
    expect(await firstHeard(url, { ca, proxy: new URL(proxy.url) })).toBe('welcome');
    expect(proxy.asked).toEqual([`${HOST}:${port}`]);
  });

  test('that wants a user and a password, these are shown', async () => {
    const { port, ca, url } = await secureServer();
    const proxy = await proxyThat({ type: 'lets-through', credentials: 'desk:s3cret/' }, { port });
    const withPassword = new URL(proxy.url.replace('//', '//desk:s3cret%2F@'));
    expect(await firstHeard(url, { ca, proxy: withPassword })).toBe('welcome');
    const told = await firstHeard(url, { ca, proxy: new URL(proxy.url) });
    expect(told).toContain(`the proxy ${proxy.url} wants another user and password`);
    const wrong = await firstHeard(url, { ca, proxy: new URL(proxy.url.replace('//', '//desk:wrong@')) });
    expect(wrong).toContain('wants another user and password');
    expect(wrong).not.toContain('desk:wrong');
  });

  test('that refuses, the reason is the proxy’s and not the server’s', async () => {
    const proxy = await proxyThat({ type: 'refuses' });
    expect(await firstHeard(`wss://${HOST}/agent`, { proxy: new URL(proxy.url) })).toBe(
      `the proxy ${proxy.url} refuses the connection (HTTP 403). Ask who runs it to let this computer through.`,
    );
  });

  test('another server’s certificate is refused all the same', async () => {
    const { ca, url } = await secureServer();
    const other = await secureServer(createTestAuthority('Hotel CA'));
    const proxy = await proxyThat({ type: 'lets-through' }, { port: other.port });
    expect(await firstHeard(url, { ca, proxy: new URL(proxy.url) })).toMatch(/certificate|signature/);
  });

  test('that never answers, an attempt that is given up leaves nothing behind', async () => {
    const proxy = await proxyThat({ type: 'says-nothing' });
    const listener = { opened: () => {}, received: () => {}, closed: () => {} };
    const channel = webSocketTransportBy({ proxy: new URL(proxy.url) }).connect(`wss://${HOST}/agent`, listener);
    await expect.poll(() => [proxy.asked.length, proxy.open()]).toEqual([1, 1]);
    channel.close();
    await expect.poll(() => proxy.open()).toBe(0);
  });

  test('that isn’t there, its name is told', async () => {
    expect(await firstHeard(`wss://${HOST}/agent`, { proxy: new URL('http://127.0.0.1:1') })).toContain(
      "the proxy http://127.0.0.1:1 isn't reached",
    );
  });
});

describe('the proxy of a server', () => {
  const proxy = 'http://proxy.hotel.example:3128';
  test.each([
    ['keyrack.example', false],
    ['other.example, hotel.example', true],
    ['.hotel.example', true],
    ['*.hotel.example', true],
    ['tel.example', false],
    ['KEYRACK.HOTEL.EXAMPLE', true],
    ['keyrack.hotel.example:443', true],
    ['keyrack.hotel.example:8443', false],
    ['*', true],
    ['', false],
  ])('with NO_PROXY=%j is left out: %j', (noProxy, exempt) => {
    const found = proxyFor(`wss://${HOST}/agent`, { proxy, noProxy });
    expect(found?.href ?? null).toBe(exempt ? null : `${proxy}/`);
  });

  test('is none where none is named, and on this computer', () => {
    expect(proxyFor(`wss://${HOST}/agent`, {})).toBeNull();
    expect(proxyFor('ws://127.0.0.1:8080/agent', { proxy })).toBeNull();
  });

  test.each(['proxy:3128', 'socks5://desk:s3cret@proxy:1080', 'http://'])('can not be %s', (wrong) => {
    expect(() => proxyFor(`wss://${HOST}/agent`, { proxy: wrong })).toThrow('name it as http://HOST:PORT');
    expect(() => proxyFor(`wss://${HOST}/agent`, { proxy: wrong })).not.toThrow('s3cret');
  });
});

describe('a server’s address', () => {
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const addresses = own.filter(({ family }) => family === 'IPv4').map(({ address }) => `ws://${address}:8080/agent`);
  test.each(['wss://keyrack.example/agent', 'ws://localhost:8080/agent', 'ws://[::1]:8080/agent', ...addresses])(
    'may be %s',
    (text) => expect(checkServerAddress(text).href).toBe(text),
  );

  test.each(['ws://keyrack.example/agent', 'ws://192.0.2.7/agent', 'ws://localhost.example/agent'])(
    'can not be %s: plain text stays on this computer',
    (text) => expect(() => checkServerAddress(text)).toThrow('plain text'),
  );

  test.each(['https://keyrack.example', 'keyrack.example', 'wss://', 'wss://desk:s3cret@keyrack.example/agent'])(
    'can not be %s',
    (text) => expect(() => checkServerAddress(text)).toThrow(/name it as wss:|leave them out/),
  );
});
