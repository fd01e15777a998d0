import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import type { MetricsLimits } from './limits.ts';
import { startMetricsListener } from './metrics-listener.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function metricsOf(text: () => Promise<string>, limits: Partial<MetricsLimits> = {}) {
  const listener = await startMetricsListener(
    { host: '127.0.0.1', port: 0 },
    {
      metrics: { text, contentType: 'text/plain; version=0.0.4' },
      log: pino({ level: 'silent' }),
      limits: { checkMs: 25, ...limits },
    },
  );
  ends.push(() => listener.close());
  const port = Number(new URL(listener.url).port);
  return {
    url: listener.url,
    async open(): Promise<Socket> {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => {});
      ends.push(() => socket.destroy());
      await once(socket, 'connect');
      return socket;
    },
  };
}

const ASK = 'GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n';

describe('the listener for metrics', () => {
  test('answers at /metrics, in the format that Prometheus reads', async () => {
    const { url } = await metricsOf(async () => 'up 1\n');
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4');
    expect(await answer.text()).toBe('up 1\n');
  });

  test.each([
    ['GET', '/', 404],
    ['GET', '/healthz', 404],
    ['POST', '/metrics', 405],
  ])('answers %s %s with %i and what to do', async (method, path, status) => {
    const { url } = await metricsOf(async () => 'up 1\n');
    const answer = await fetch(new URL(path, url), { method });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(/metrics/);
  });

  test('tells of a failure, and tries again', async () => {
    let works = false;
    const { url } = await metricsOf(
      async () => {
        if (!works) throw new Error('not now');
        return 'up 1\n';
      },
      { freshMs: 1 },
    );
    expect((await fetch(url)).status).toBe(500);
    works = true;
    await expect.poll(async () => (await fetch(url)).status).toBe(200);
  });

  test('computes once for all who ask meanwhile', async () => {
    let computed = 0;
    const done = Promise.withResolvers<string>();
    const { url } = await metricsOf(
      () => {
        computed += 1;
        return done.promise;
      },
      // Some of them may come late on a busy machine.
      { freshMs: 600_000 },
    );
    const answers = Array.from({ length: 10 }, () => fetch(url).then((answer) => answer.text()));
    await expect.poll(() => computed).toBe(1);
    done.resolve('up 1\n');
    expect(await Promise.all(answers)).toEqual(answers.map(() => 'up 1\n'));
    expect(computed).toBe(1);
  });

  test('ends those who pipeline a thousand requests and read no answer, and serves the others meanwhile', async () => {
    let computed = 0;
    const text = 'a 1\n'.repeat(256 * 1024);
    const { url, open } = await metricsOf(
      async () => {
        computed += 1;
        return text;
      },
      { untakenMs: 200, freshMs: 10_000 },
    );
    const strangers = await Promise.all(Array.from({ length: 10 }, open));
    const gone = strangers.map((socket) => {
      socket.pause();
      socket.write(ASK.repeat(1_000));
      return socket;
    });
    expect((await (await fetch(url)).text()).length).toBe(text.length);
    // Whoever doesn't read notices an end by the reset of what it sends.
    const knock = setInterval(() => {
      for (const socket of gone) socket.write(ASK);
    }, 20);
    ends.push(() => clearInterval(knock));
    await expect.poll(() => gone.every((socket) => socket.destroyed)).toBe(true);
    expect(computed).toBe(1);
  });

  test('closes at once, whoever holds a connection', async () => {
    const { open, url } = await metricsOf(async () => 'a 1\n'.repeat(1_000_000));
    for (const sent of ['', 'GET /met', ASK.repeat(100)]) (await open()).pause().write(sent);
    expect((await fetch(url)).status).toBe(200);
    const close = ends.splice(0, 1)[0] as () => Promise<void>;
    await close();
    await expect(fetch(url)).rejects.toThrow();
  });
});
