import { createServer, type Server } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createKeyrack, isProblem, isUnreachable, KeyrackProblem, KeyrackUnreachable } from './index.ts';
import { BREAKS_OFF, problem, type Scripted, SILENT, scriptedServer } from './testing/scripted-server.ts';

const OK: Scripted = { status: 200, json: { id: 'x' } };
const MEMBER = { property: '1001', member: 'm' };

async function client(...script: Scripted[]) {
  const { url, heard } = await scriptedServer(...script);
  return { keyrack: createKeyrack({ url, key: 'kr_test' }), heard };
}

const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

describe('a request is tried again', () => {
  test('after lost answers and answers of a moment, with one Idempotency-Key', async () => {
    const { keyrack, heard } = await client(BREAKS_OFF, problem(503, 'outcome-unknown'), { status: 502 }, OK);
    expect(await keyrack.apiKeys.create({ name: 'PMS', scopes: ['cards'], properties: 'all' })).toEqual({ id: 'x' });
    const keys = heard.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(4);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(keys).size).toBe(1);
    expect(new Set(heard.map(({ body }) => body)).size).toBe(1);
  });

  test('by a key of the caller, and another call draws another', async () => {
    const { keyrack, heard } = await client(OK);
    await keyrack.cards.retire({ property: '1001', card: '04AA' }, { idempotencyKey: 'retire-1' });
    await keyrack.cards.retire({ property: '1001', card: '04AA' });
    await keyrack.cards.retire({ property: '1001', card: '04AA' });
    const keys = heard.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toBe('retire-1');
    expect(new Set(keys).size).toBe(3);
  });

  test('as often as told, then the last failure is thrown', async () => {
    const { keyrack, heard } = await client(problem(503, 'unavailable'));
    const error = await failure(keyrack.members.get(MEMBER, { retries: 1 }));
    expect(isProblem(error, 'unavailable')).toBe(true);
    expect(heard).toHaveLength(2);
    await failure(keyrack.members.get(MEMBER, { retries: 0 }));
    expect(heard).toHaveLength(3);
  });

  test('not before Retry-After, and not at all where that is too long', async () => {
    const { keyrack, heard } = await client(
      { ...problem(429, 'too-many-requests'), headers: { 'retry-after': '1' } },
      { ...problem(429, 'too-many-requests'), headers: { 'retry-after': '3600' } },
    );
    const began = performance.now();
    const error = await failure(keyrack.members.get(MEMBER));
    expect(performance.now() - began).toBeGreaterThan(999);
    expect(error).toMatchObject({ problem: 'too-many-requests', retryAfterMs: 3_600_000, mayBeDone: false });
    expect(heard).toHaveLength(2);
  });
});

describe('a request is not tried again', () => {
  test.each<[string, (keyrack: ReturnType<typeof createKeyrack>) => Promise<unknown>]>([
    ['a removal', (keyrack) => keyrack.apiKeys.revoke({ apiKey: 'k' })],
    ['a change with If-Match', (keyrack) => keyrack.members.change({ ...MEMBER, name: 'Ada' }, { ifMatch: '"1"' })],
  ])('that may have been done and would be told otherwise: %s', async (_, call) => {
    const { keyrack, heard } = await client(BREAKS_OFF, OK);
    const error = await failure(call(keyrack));
    expect(error).toBeInstanceOf(KeyrackUnreachable);
    expect(error).toMatchObject({ reason: 'connection', mayBeDone: true });
    expect(heard).toHaveLength(1);
  });

  test('that the server decided about', async () => {
    const { keyrack, heard } = await client({
      ...problem(400, 'invalid-request', { errors: [{ in: 'body', path: 'name', detail: 'is too long' }] }),
      headers: { 'x-request-id': 'req-1' },
    });
    const error = await failure(keyrack.members.change({ ...MEMBER, name: 'Ada' }));
    expect(error).toBeInstanceOf(KeyrackProblem);
    expect(error).toMatchObject({ problem: 'invalid-request', status: 400, requestId: 'req-1', mayBeDone: false });
    expect((error as Error).message).toBe('invalid-request: Do it.\n  body name is too long');
    expect(heard).toHaveLength(1);
  });
});

test('an earlier try may have done it, whatever a later one is told', async () => {
  const { keyrack } = await client(BREAKS_OFF, problem(503, 'unavailable'));
  const error = await failure(keyrack.members.get(MEMBER, { retries: 1 }));
  expect(error).toMatchObject({ problem: 'unavailable', mayBeDone: true });
});

describe('there is no answer', () => {
  test('of a server that does not run: nothing was done', async () => {
    const port = await new Promise<number>((resolve) => {
      const server: Server = createServer().listen(0, '127.0.0.1', () => {
        const { port: free } = server.address() as { port: number };
        server.close(() => resolve(free));
      });
    });
    const keyrack = createKeyrack({ url: `http://127.0.0.1:${port}`, key: 'k', retries: 1 });
    const error = await failure(keyrack.properties.list());
    expect(error).toMatchObject({ reason: 'connection', mayBeDone: false });
    expect((error as Error).message).toBe(
      `There is no connection: 127.0.0.1:${port} (ECONNREFUSED). See that the server runs.`,
    );
  });

  test('in time: it may be done', async () => {
    const { keyrack, heard } = await client(SILENT);
    const error = await failure(keyrack.apiKeys.revoke({ apiKey: 'k' }, { timeoutMs: 50 }));
    expect(isUnreachable(error) && error.reason).toBe('timeout');
    expect(error).toMatchObject({ mayBeDone: true });
    expect(heard).toHaveLength(1);
  });

  test('whose body ends: it may be done', async () => {
    const { keyrack } = await client((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"id"', () => response.destroy());
    });
    expect(await failure(keyrack.apiKeys.revoke({ apiKey: 'k' }))).toMatchObject({ mayBeDone: true });
  });

  test.each<[string, Scripted, RegExp, boolean]>([
    [
      'a page of a proxy',
      { status: 502, headers: { 'content-type': 'text/html' } },
      /answered 502 with no problem/,
      true,
    ],
    ['a wrong address', { status: 404, json: { error: 'no such page' } }, /answered 404 with no problem/, false],
    ['a redirect', { status: 308, headers: { location: 'https://a.example' } }, /another address, https:\/\/a/, false],
    [
      'broken JSON',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{'),
      /JSON/,
      true,
    ],
  ])('of Keyrack, but %s', async (_, script, message, mayBeDone) => {
    const { keyrack } = await client(script);
    const error = await failure(keyrack.apiKeys.revoke({ apiKey: 'k' }));
    expect(error).toMatchObject({ reason: 'not-keyrack', mayBeDone });
    expect((error as Error).message).toMatch(message);
  });
});

describe('a caller gives up', () => {
  test('before, during a try and between two: the reason of the signal is thrown, and nothing more is sent', async () => {
    const { keyrack, heard } = await client(SILENT);
    const reason = new Error('closed');
    expect(await failure(keyrack.members.get(MEMBER, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(heard).toHaveLength(0);

    const during = new AbortController();
    const waiting = failure(keyrack.members.get(MEMBER, { signal: during.signal }));
    await expect.poll(() => heard.length).toBe(1);
    during.abort(reason);
    expect(await waiting).toBe(reason);

    const between = new AbortController();
    const other = await client((response) => {
      response.writeHead(429, { 'retry-after': '30' }).end();
      response.once('close', () => between.abort(reason));
    });
    expect(await failure(other.keyrack.members.get(MEMBER, { signal: between.signal }))).toBe(reason);
    expect(other.heard).toHaveLength(1);
  });
});
