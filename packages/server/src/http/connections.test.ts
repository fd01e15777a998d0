import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { OPERATION, PUBLISHED_FORM } from '../roomcard/testing/scripted-desk.ts';
import { httpWorld } from './testing/http-world.ts';

const LIMITS = { headersMs: 150, requestMs: 300, checkMs: 25, keepAliveMs: 100 };
const HEAD = [
  'POST /Home/Qrm/cancelCard HTTP/1.1',
  'Host: keyrack.example',
  'Content-Type: application/x-www-form-urlencoded',
  `Content-Length: ${PUBLISHED_FORM.length}`,
  '',
  '',
].join('\r\n');

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listening(...given: Parameters<typeof httpWorld>) {
  const world = httpWorld(given[0], { limits: LIMITS, ...given[1] });
  closers.push(() => world.app.close());
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = world.app.server.address() as AddressInfo;
  return {
    ...world,
    async open(): Promise<Socket> {
      const socket = connect(port, '127.0.0.1').setEncoding('latin1');
      socket.on('error', () => {});
      closers.push(async () => socket.destroy());
      await once(socket, 'connect');
      return socket;
    },
  };
}

/** Everything that is received until the connection closes. */
async function received(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  if (!socket.closed) await once(socket, 'close');
  return text;
}

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
      { limits: { ...LIMITS, headersMs: 5_000, requestMs: 5_000, connections: 2 } },
    );
    await open();
    await open();
    const third = await open();
    expect(await received(third)).toBe('');
    expect(await metrics.text()).toContain('keyrack_connections_dropped_total 1');
  });
});

describe('a caller who waits for a card', () => {
  function waitingDesk() {
    let answerNow = () => {};
    let signal: AbortSignal | undefined;
    let asked = () => {};
    const wasAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    return {
      wasAsked,
      answerNow: () => answerNow(),
      signal: () => signal as AbortSignal,
      script: {
        answer: (_request: unknown, hungUp: AbortSignal) => {
          signal = hungUp;
          asked();
          return new Promise<{ outcome: 'succeeded'; operation: typeof OPERATION; repeat: boolean }>((resolve) => {
            answerNow = () => resolve({ outcome: 'succeeded', operation: OPERATION, repeat: false });
          });
        },
      },
    };
  }

  test('and hangs up is known to be gone, and the request is still logged', async () => {
    const desk = waitingDesk();
    const { open, lines } = await listening(desk.script);
    const socket = await open();
    socket.write(HEAD + PUBLISHED_FORM);
    await desk.wasAsked;
    expect(desk.signal().aborted).toBe(false);
    socket.destroy();
    await once(desk.signal(), 'abort');
    desk.answerNow();
    await expect
      .poll(() => lines)
      .toMatchObject([{ endpoint: 'cancelCard', operation: OPERATION, status: 200, hungUp: true }]);
  });

  test('and stays is answered, however much longer than a request may take to arrive, and is never taken for gone', async () => {
    const desk = waitingDesk();
    const { open } = await listening(desk.script);
    const socket = await open();
    const answer = received(socket);
    socket.write(HEAD + PUBLISHED_FORM);
    await desk.wasAsked;
    await new Promise((resolve) => setTimeout(resolve, 2 * (LIMITS.requestMs + LIMITS.checkMs)));
    desk.answerNow();
    expect(await answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"status":200,"info":"success"\}$/);
    expect(desk.signal().aborted).toBe(false);
  });

  test('and sends rubbish behind the request gets no other answer in its place', async () => {
    const desk = waitingDesk();
    const { open } = await listening(desk.script);
    const socket = await open();
    const answer = received(socket);
    socket.write(HEAD + PUBLISHED_FORM);
    await desk.wasAsked;
    socket.write('rubbish\r\n\r\n');
    expect(await answer).toBe('');
    if (!desk.signal().aborted) await once(desk.signal(), 'abort');
  });

  test('is answered while the server closes, and later requests are told that it does', async () => {
    const desk = waitingDesk();
    const { app, open } = await listening(desk.script, { limits: { ...LIMITS, keepAliveMs: 5_000 } });
    const [first, second] = [await open(), await open()];
    const [firstAnswer, secondAnswer] = [received(first), received(second)];
    first.write(HEAD + PUBLISHED_FORM);
    await desk.wasAsked;
    second.write(HEAD.slice(0, 30));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const closed = app.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    second.write(HEAD.slice(30) + PUBLISHED_FORM);
    expect(await secondAnswer).toMatch(/^HTTP\/1\.1 503 [\s\S]*\{"status":503,"info":"Service unavailable"/);
    desk.answerNow();
    expect(await firstAnswer).toContain('{"status":200,"info":"success"}');
    await closed;
  });
});
