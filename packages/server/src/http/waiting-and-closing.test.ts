import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { OPERATION, PUBLISHED_FORM } from '../roomcard/testing/scripted-card-requests.ts';
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

describe('a server that closes', () => {
  const STOP = { answeringMs: 400, othersMs: 100 };

  test.each([
    ['nothing', '', false],
    ['half a header', HEAD.slice(0, 60), false],
    ['half a body', HEAD + PUBLISHED_FORM.slice(0, 20), false],
    ['one request, and keeps the connection', PROBE, false],
    ['requests, and reads no answer', 'GET /large HTTP/1.1\r\n\r\n'.repeat(50), true],
    ['rubbish, and keeps its half open', '\x16\x03\x01 hello\r\n\r\n', true],
    ['a request for a tunnel', 'CONNECT a:1 HTTP/1.1\r\n\r\n', true],
  ])('does so in time, though a client sent %s', async (_, sent, isDeaf) => {
    const { app } = httpWorld({}, { limits: { ...KEEPS_OPEN, untakenMs: 60_000, lingerMs: 60_000, stop: STOP } });
    app.get('/large', () => Buffer.alloc(8 * 1024 * 1024));
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
    closers.push(async () => socket.destroy());
    await once(socket, 'connect');
    if (isDeaf) socket.pause();
    else socket.resume();
    socket.write(sent, 'latin1');
    // The server has read it: it answers one that came later.
    await (await fetch(`http://127.0.0.1:${port}/healthz`)).text();
    const begun = performance.now();
    await app.close();
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  test('gives up a caller whose answer never comes', async () => {
    const cardRequests = waitingCardRequests();
    const { app, open } = await listening(cardRequests.script, { limits: { ...KEEPS_OPEN, stop: STOP } });
    const socket = await open();
    const answer = received(socket);
    socket.write(HEAD + PUBLISHED_FORM);
    await cardRequests.wasAsked;
    await app.close();
    expect(await answer).toBe('');
    await expect.poll(() => cardRequests.signal().aborted).toBe(true);
  });
});

describe('a caller who waits for a card', () => {
  test('and hangs up is known to be gone, and the request is still logged', async () => {
    const cardRequests = waitingCardRequests();
    const { open, lines } = await listening(cardRequests.script);
    const socket = await open();
    socket.write(HEAD + PUBLISHED_FORM);
    await cardRequests.wasAsked;
    expect(cardRequests.signal().aborted).toBe(false);
    socket.destroy();
    await once(cardRequests.signal(), 'abort');
    cardRequests.answerNow();
    await expect
      .poll(() => lines)
      .toMatchObject([{ endpoint: 'cancelCard', operation: OPERATION, status: 200, hungUp: true }]);
  });

  test('and stays is answered, however much longer than a request may take to arrive, and is never taken for gone', async () => {
    const cardRequests = waitingCardRequests();
    const { open } = await listening(cardRequests.script);
    const socket = await open();
    const answer = received(socket);
    socket.write(HEAD + PUBLISHED_FORM);
    await cardRequests.wasAsked;
    await new Promise((resolve) => setTimeout(resolve, 2 * (LIMITS.requestMs + LIMITS.checkMs)));
    cardRequests.answerNow();
    expect(await answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"status":200,"info":"success"\}$/);
    expect(cardRequests.signal().aborted).toBe(false);
  });

  test('and sends rubbish behind the request gets no other answer in its place', async () => {
    const cardRequests = waitingCardRequests();
    const { open } = await listening(cardRequests.script);
    const socket = await open();
    const answer = received(socket);
    socket.write(HEAD + PUBLISHED_FORM);
    await cardRequests.wasAsked;
    socket.write('rubbish\r\n\r\n');
    expect(await answer).toBe('');
    if (!cardRequests.signal().aborted) await once(cardRequests.signal(), 'abort');
  });

  test('is answered while the server closes, and later requests are told that it does', async () => {
    const cardRequests = waitingCardRequests();
    const { app, open } = await listening(cardRequests.script, { limits: { ...LIMITS, keepAliveMs: 5_000 } });
    const [first, second] = [await open(), await open()];
    const [firstAnswer, secondAnswer] = [received(first), received(second)];
    first.write(HEAD + PUBLISHED_FORM);
    await cardRequests.wasAsked;
    second.write(HEAD.slice(0, 30));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const closed = app.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    second.write(HEAD.slice(30) + PUBLISHED_FORM);
    expect(await secondAnswer).toMatch(/^HTTP\/1\.1 503 [\s\S]*\{"status":503,"info":"Service unavailable"/);
    cardRequests.answerNow();
    expect(await firstAnswer).toContain('{"status":200,"info":"success"}');
    await closed;
  });
});
