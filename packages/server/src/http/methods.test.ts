import { METHODS, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpWorld } from './testing/http-world.ts';

/** Every method that Node reads × every kind of address: an envelope, whose HTTP status is its own. */

const { app } = httpWorld();
beforeAll(() => app.listen({ host: '127.0.0.1', port: 0 }));
afterAll(() => app.close());

async function ask(options: RequestOptions) {
  const { promise, resolve, reject } = Promise.withResolvers<{ http: number; allow: unknown; body: unknown }>();
  const { port } = app.server.address() as AddressInfo;
  const sent = request({ host: '127.0.0.1', port, agent: false, ...options }, async (answer) => {
    const body = options.method === 'HEAD' ? null : await json(answer).catch(() => 'no JSON');
    resolve({ http: answer.statusCode ?? 0, allow: answer.headers.allow, body });
  });
  sent.on('error', reject);
  sent.end();
  return promise;
}

const methods = METHODS.filter((method) => method !== 'CONNECT');

describe.each([
  ['/Home/Qrm/cancelCard', 'POST'],
  ['/healthz', 'GET'],
  ['/agent', 'GET'],
])('%s takes %s alone', (path, allowed) => {
  test.each(methods.filter((method) => method !== allowed))('and refuses %s', async (method) => {
    const { http, allow, body } = await ask({ method, path });
    expect({ http, allow }).toEqual({ http: 405, allow: allowed });
    if (method !== 'HEAD')
      expect(body).toMatchObject({ status: 405, info: expect.any(String), message: expect.any(String) });
  });
});

test.each(methods)('%s at an address where nothing is', async (method) => {
  const { http, body } = await ask({ method, path: '/nothing' });
  expect(http).toBe(404);
  if (method !== 'HEAD') expect(body).toMatchObject({ status: 404, info: 'Not found' });
});

test('an expectation that nobody knows is ignored, as HTTP allows', async () => {
  const headers = { Expect: 'a-miracle' };
  expect(await ask({ path: '/healthz', headers })).toMatchObject({ http: 200, body: { alive: true } });
  expect(await ask({ path: '/nothing', headers })).toMatchObject({ http: 404, body: { status: 404 } });
});
