import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { WebSocketWay } from '../listener/create-listener.ts';
import { PUBLISHED_FORM } from '../roomcard/testing/scripted-card-requests.ts';
import { endSocket } from '../runtime/end-socket.ts';
import { httpWorld } from './testing/http-world.ts';
import {
  closers,
  HEAD,
  KEEPS_OPEN,
  LIMITS,
  listening,
  PROBE,
  received,
  waitingCardRequests,
} from './testing/listening.ts';

/** Three connections, and three more that are only for the moment. */
const SHORT = { ...KEEPS_OPEN, connections: 6, spareConnections: 3, restedMs: 0 };

describe('a connection', () => {
  test.each([
    ['nothing at all', ''],
    ['half a header', HEAD.slice(0, 60)],
    ['half a body', HEAD + PUBLISHED_FORM.slice(0, 20)],
  ])('that sends %s is closed in time, with an envelope', async (_, sent) => {
    const { open, asked } = await listening();
    const socket = await open();
    const answer = received(socket);
    socket.write(sent);
    expect(await answer).toMatch(
      /^HTTP\/1\.1 408 [\s\S]*\r\nX-Request-Id: [\s\S]*\{"status":408,"info":"Request time-out"/,
    );
    expect(asked.calls).toEqual([]);
  });

  test('that breaks off in the middle of a body leaves one bounded line and no exception', async () => {
    const { open, lines, asked } = await listening();
    const socket = await open();
    socket.write(HEAD + PUBLISHED_FORM.slice(0, 20));
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.resetAndDestroy();
    await expect.poll(() => lines.length).toBeGreaterThan(0);
    expect(lines).toMatchObject([{ level: 40, status: 408 }]);
    expect(asked.calls).toEqual([]);
  });

  // Node takes the preface of HTTP/2 for a method, and fastify routes only the methods that it knows.
  test('that speaks HTTP/2 is closed, and no exception is logged', async () => {
    const { open, lines } = await listening();
    const socket = await open();
    socket.write('PRI *TP/2.0\r\n\r\n');
    await once(socket, 'close');
    expect(lines).toMatchObject([{ level: 40, status: 404 }]);
  });

  test('that sends more requests ahead than anybody does is ended, and nothing of them is kept', async () => {
    const made = waitingCardRequests();
    const { open, asked } = await listening(made.script, {
      limits: { ...LIMITS, headersMs: 20_000, requestMs: 20_000 },
    });
    const flood = await open();
    // Closed, by a reset or not.
    const over = new Promise((resolve) => flood.once('close', resolve));
    flood.write(`${HEAD}${PUBLISHED_FORM}`.repeat(300));
    await over;
    // Four were begun before the rest had come.
    expect(asked.calls.filter((call) => call === 'cancelCard').length).toBeLessThanOrEqual(4);
    const right = await open();
    const answer = received(right);
    right.write('GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
    made.answerNow();
  });

  test('that was handed over and ended there makes room for others, though its client holds it', async () => {
    const webSockets: WebSocketWay = {
      path: '/agent',
      accept: (_request, socket) =>
        endSocket(socket, 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n', 60_000),
    };
    const limits = { ...LIMITS, headersMs: 20_000, requestMs: 20_000, connections: 10, spareConnections: 2 };
    const { open, app } = await listening({}, { limits, webSockets });
    const { port } = app.server.address() as AddressInfo;
    const upgrade =
      'GET /agent HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    for (let n = 0; n < 30; n += 1) {
      // Its half stays open: the client never says that it is done.
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
      closers.push(async () => socket.destroy());
      socket.write(upgrade);
      await Promise.race([once(socket, 'data'), once(socket, 'close')]);
    }
    const right = await open();
    const answer = received(right);
    right.write('GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('that sends one byte after the other is closed all the same', async () => {
    const { open } = await listening();
    const socket = await open();
    const answer = received(socket);
    let at = 0;
    const timer = setInterval(() => socket.writable && socket.write(HEAD[at++ % HEAD.length] as string), 20);
    expect(await answer).toContain('408');
    clearInterval(timer);
  });

  test.each([
    ['bytes that are not HTTP', '\x16\x03\x01 hello\r\n\r\n', 400, 400],
    ['headers beyond the limit', `GET / HTTP/1.1\r\nX: ${'x'.repeat(9_000)}\r\n\r\n`, 431, 431],
  ])('that sends %s gets an envelope', async (_, sent, http, status) => {
    const { open, lines } = await listening();
    const socket = await open();
    const answer = received(socket);
    socket.write(sent);
    expect(await answer).toMatch(new RegExp(`^HTTP/1.1 ${http} [\\s\\S]*{"status":${status},`));
    expect(lines).toHaveLength(1);
  });

  // A proxy on the way may have gone by another one of them than this server would.
  test.each([
    ['a probe', 'GET /healthz HTTP/1.1'],
    ['an address of the room-card API', 'POST /Home/Qrm/cancelCard HTTP/1.1'],
    ['an address of nothing', 'GET /nowhere HTTP/1.1'],
    ['an upgrade', `GET /agent HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket`],
    ['HTTP/1.0', 'GET /healthz HTTP/1.0'],
  ])('that names its host twice is refused and closed: %s', async (_, head) => {
    let taken = 0;
    const webSockets: WebSocketWay = { path: '/agent', accept: () => (taken += 1) };
    for (const hosts of ['Host: a\r\nhost: b', 'Host: a\r\nX: y\r\nHOST: a', 'Host:\r\nHost:']) {
      const { open, asked } = await listening({}, { webSockets });
      const socket = await open();
      const answer = received(socket);
      socket.write(`${head}\r\n${hosts}\r\nContent-Length: 0\r\n\r\n${HEAD}${PUBLISHED_FORM}`);
      expect(await answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*\{"status":400,[^}]*Host is there more than once/);
      expect([asked.calls, taken]).toEqual([[], 0]);
    }
  });

  test('without a Host header is answered with an envelope too', async () => {
    const { open } = await listening();
    const socket = await open();
    const answer = received(socket);
    socket.write('GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(await answer).toMatch(/^HTTP\/1\.1 404 [\s\S]*\{"status":404,/);
  });

  test('beyond the limit is closed as it comes, and counted', async () => {
    const { open, metrics } = await listening(
      {},
      { limits: { ...LIMITS, headersMs: 5_000, requestMs: 5_000, connections: 2, spareConnections: 0 } },
    );
    await open();
    await open();
    const third = await open();
    expect(await received(third)).toBe('');
    expect(await metrics.text()).toContain('keyrack_connections_dropped_total 1');
  });
});

describe('connections that stay open for further requests', () => {
  const answered = async (socket: Socket) => {
    socket.write(PROBE);
    await once(socket, 'data');
  };
  const isOpen = (socket: Socket) => !socket.closed;

  // nginx keeps a connection for 60 s, and answers 502 where the server closes it at the moment of a request.
  test('do so for longer than proxies in front reuse them', async () => {
    const { app } = httpWorld();
    closers.push(() => app.close());
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(answer.headers.get('keep-alive')).toMatch(/^timeout=75\b/);
    await answer.text();
  });

  test('are closed when they are idle for long', async () => {
    const { open, connections } = await listening();
    const socket = await open();
    await answered(socket);
    await once(socket, 'close');
    await expect.poll(connections).toBe(0);
  });

  test('make room when connections run short, the one that is idle for longest first', async () => {
    const { open, metrics } = await listening({}, { limits: SHORT });
    const [first, second, third] = [await open(), await open(), await open()];
    for (const socket of [first, second, third, first]) await answered(socket);
    const fourth = await open();
    await expect.poll(() => second.closed).toBe(true);
    await answered(fourth);
    const fifth = await open();
    await expect.poll(() => third.closed).toBe(true);
    await answered(fifth);
    expect([first, fourth, fifth].every(isOpen)).toBe(true);
    expect(await metrics.text()).toContain('keyrack_idle_connections_closed_total 2');
  });

  test('make room before a request that is being sent, and that one before a caller who waits', async () => {
    const cardRequests = waitingCardRequests();
    const { open, accepted } = await listening(cardRequests.script, { limits: SHORT });
    const [waiting, sending, idle] = [await open(), await open(), await open()];
    const answer = received(waiting);
    waiting.write(`${HEAD.replace('\r\n', '\r\nConnection: close\r\n')}${PUBLISHED_FORM}`);
    await cardRequests.wasAsked;
    sending.write(HEAD.slice(0, 40));
    await answered(idle);
    const second = await open();
    await expect.poll(() => idle.closed).toBe(true);
    second.write(HEAD.slice(0, 40));
    await expect.poll(() => accepted.at(-1)?.bytesRead).toBe(40);
    await open();
    await expect.poll(() => sending.closed).toBe(true);
    expect([waiting.closed, second.closed]).toEqual([false, false]);
    cardRequests.answerNow();
    expect(await answer).toContain('{"status":200,"info":"success"}');
  });
});

describe('connections of one source', () => {
  /** Whoever connects is of the source that was named last. */
  async function listeningToSources(limits: object, ...given: Parameters<typeof httpWorld>) {
    let source: string | null = null;
    const sourceOf = () => source;
    const world = await listening(given[0], { limits: { ...KEEPS_OPEN, restedMs: 0, ...limits }, sourceOf });
    return {
      ...world,
      async openFrom(named: string | null, sent = '') {
        source = named;
        const before = world.accepted.length;
        const socket = await world.open();
        await expect.poll(() => world.accepted.length).toBe(before + 1);
        socket.resume();
        if (sent !== '') socket.write(sent);
        await expect.poll(() => (world.accepted[before] as Socket).bytesRead).toBe(sent.length);
        return socket;
      },
    };
  }
  const isAnswered = async (socket: Socket) => {
    socket.write(PROBE);
    const [answer] = await once(socket, 'data');
    return String(answer).startsWith('HTTP/1.1 200');
  };

  test.each([
    ['say nothing', ''],
    ['send half a header', HEAD.slice(0, 40)],
    ['send half a body', HEAD + PUBLISHED_FORM.slice(0, 20)],
  ])('that %s make room for each other, and leave those of others alone', async (_, sent) => {
    const { openFrom, connections } = await listeningToSources({ connectionsPerSource: 4 });
    const other = await openFrom('other');
    expect(await isAnswered(other)).toBe(true);
    const loud: Socket[] = [];
    for (let n = 0; n < 12; n += 1) loud.push(await openFrom('loud', sent));
    await expect.poll(connections).toBe(5);
    await expect.poll(() => loud.map(({ closed }) => closed)).toEqual(loud.map((_each, n) => n < 8));
    expect(other.closed).toBe(false);
    expect(await isAnswered(await openFrom('other'))).toBe(true);
  });

  test('that wait for their answers stay, and a further one is closed as it comes', async () => {
    const cardRequests = waitingCardRequests();
    const { openFrom, metrics } = await listeningToSources({ connectionsPerSource: 2 }, cardRequests.script);
    const waiting = [await openFrom('loud', HEAD + PUBLISHED_FORM), await openFrom('loud', HEAD + PUBLISHED_FORM)];
    const further = await openFrom('loud');
    await expect.poll(() => further.closed).toBe(true);
    expect(waiting.some(({ closed }) => closed)).toBe(false);
    expect(await metrics.text()).toContain('keyrack_connections_dropped_total 1');
    expect(await isAnswered(await openFrom('other'))).toBe(true);
  });

  test('are no share where they come through one’s own proxy', async () => {
    const { openFrom, connections } = await listeningToSources({ connectionsPerSource: 4 });
    for (let n = 0; n < 12; n += 1) await openFrom(null);
    expect(await connections()).toBe(12);
  });

  test('or of many that send half a body keep nobody out, when connections run short', async () => {
    const { openFrom } = await listeningToSources({ connections: 6, spareConnections: 3 });
    for (let n = 0; n < 20; n += 1) await openFrom(`source ${n}`, HEAD + PUBLISHED_FORM.slice(0, 20));
    expect(await isAnswered(await openFrom('other'))).toBe(true);
  });
});

describe('a client of a large answer', () => {
  const MEGABYTES = 24;
  async function large(untakenMs: number) {
    const world = httpWorld({}, { limits: { ...KEEPS_OPEN, untakenMs } });
    world.app.get('/large', (_request, reply) => reply.send(Readable.from(pieces())));
    closers.push(() => world.app.close());
    await world.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = world.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    closers.push(async () => socket.destroy());
    await once(socket, 'connect');
    socket.write('GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    return { socket, server: world.app.server };
  }
  function* pieces() {
    for (let n = 0; n < MEGABYTES * 4; n += 1) yield Buffer.alloc(256 * 1024);
  }
  const count = (server: Server) =>
    new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));

  test('who takes none of it is cut off', async () => {
    const { socket, server } = await large(200);
    socket.pause();
    await expect.poll(() => count(server)).toBe(0);
  });

  test('who takes it slowly gets all of it', async () => {
    const { socket } = await large(2_000);
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      socket.pause();
      setTimeout(() => socket.resume(), 5);
    });
    await once(socket, 'close');
    expect(bytes).toBeGreaterThan(MEGABYTES * 1024 * 1024);
  });
});
