import { afterEach, describe, expect, test } from 'vitest';
import { OPERATION, PUBLISHED_FORM } from '../roomcard/testing/scripted-card-requests.ts';
import { StoreError } from '../store/store.ts';
import { httpWorld } from './testing/http-world.ts';

type World = ReturnType<typeof httpWorld>;
const worlds: World[] = [];
function world(...given: Parameters<typeof httpWorld>): World {
  const made = httpWorld(...given);
  worlds.push(made);
  return made;
}
afterEach(async () => {
  for (const { app } of worlds.splice(0)) await app.close();
});

const PATH = '/Home/Qrm/cancelCard';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const post = ({ app }: World, payload: string | Buffer = PUBLISHED_FORM, headers: Record<string, string> = FORM) =>
  app.inject({ method: 'POST', url: PATH, headers, payload });

describe('cancelCard over HTTP', () => {
  test('answers the published request with exactly the published body', async () => {
    const answer = await post(world());
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('{"status":200,"info":"success"}');
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': '01890a5d-ac96-774b-bcce-000000000001',
      'x-operation-id': OPERATION,
      'cache-control': 'no-store',
    });
  });

  test('takes the same fields as JSON', async () => {
    const fields = Object.fromEntries(new URLSearchParams(PUBLISHED_FORM));
    const answer = await post(world(), JSON.stringify(fields), { 'content-type': 'application/json' });
    expect(answer.body).toBe('{"status":200,"info":"success"}');
  });

  test.each([
    ['a wrong signature', PUBLISHED_FORM.replace('sig=c', 'sig=d'), 403],
    ['a missing parameter', PUBLISHED_FORM.replace('serialNum=4567&', ''), 400],
    ['a malformed body', `${PUBLISHED_FORM}&x=%`, 400],
    ['no body', '', 400],
  ])('answers %s with HTTP status 200 and an envelope, and names no operation', async (_, body, status) => {
    const answer = await post(world(), body);
    expect(answer.statusCode).toBe(200);
    expect(answer.json().status).toBe(status);
    expect(answer.headers['x-operation-id']).toBeUndefined();
    expect(answer.headers['x-request-id']).toBeDefined();
  });

  test('answers a request without body and media type with an envelope', async () => {
    const answer = await world().app.inject({ method: 'POST', url: PATH });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ status: 400, message: 'serialNum is missing; send it.' });
  });

  test('does not trust a request id that the client sends', async () => {
    const answer = await post(world(), PUBLISHED_FORM, { ...FORM, 'x-request-id': 'forged' });
    expect(answer.headers['x-request-id']).toBe('01890a5d-ac96-774b-bcce-000000000001');
  });
});

describe('where no request could be read', () => {
  const envelope = (status: number, info: string, message: string) => JSON.stringify({ status, info, message });

  test('a body beyond 16 KiB is answered 413', async () => {
    const answer = await post(world(), Buffer.alloc(16 * 1024 + 1, 'a'));
    expect(answer.statusCode).toBe(413);
    expect(answer.body).toBe(
      envelope(413, 'Request too large', 'The body is larger than 16 KiB; send only the parameters of the endpoint.'),
    );
  });

  const taken = 'send application/x-www-form-urlencoded, multipart/form-data or application/json.';
  test.each([
    ['another media type', { 'content-type': 'text/xml' }, `Content-Type is "text/xml"; ${taken}`],
    ['a broken media type', { 'content-type': ';;' }, `Content-Type is ";;"; ${taken}`],
    [
      'no boundary',
      { 'content-type': 'multipart/form-data' },
      /^Content-Type is "multipart\/form-data", which names no/,
    ],
    [
      'a compressed body',
      { ...FORM, 'content-encoding': 'gzip' },
      'Content-Encoding is "gzip"; send the body as it is, without this header.',
    ],
  ])('%s is answered 415, and named with its value', async (_, headers, message) => {
    const answer = await post(world(), PUBLISHED_FORM, headers);
    expect(answer.statusCode).toBe(415);
    expect(answer.json()).toMatchObject({ status: 415, info: 'Unsupported media type' });
    expect(answer.json().message).toMatch(message);
  });

  test.each(['/', '/home/qrm/cancelcard', `${PATH}/`, '/%zz', '/constructor', '/Home/Qrm/queryByRoom'])(
    '%s is answered 404 and told what to do',
    async (url) => {
      const answer = await world().app.inject({ method: 'POST', url });
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['x-request-id']).toBeDefined();
      expect(answer.body).toBe(
        envelope(404, 'Not found', 'Nothing is at this address; check the path, in which capital letters count.'),
      );
    },
  );

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'] as const)('%s is answered 405', async (method) => {
    const answer = await world().app.inject({ method, url: `${PATH}?sig=x` });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe('POST');
    if (method !== 'HEAD') expect(answer.json()).toMatchObject({ status: 405, info: 'Method not allowed' });
  });
});

describe('what goes wrong in the server', () => {
  test('is answered with nothing of its inside, and logged with the request id', async () => {
    const made = world({ answer: () => Promise.reject(new Error('secret inside')) });
    const answer = await post(made);
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ status: 500, info: 'Internal error' });
    expect(answer.body).not.toContain('secret');
    expect(made.lines.find((line) => line.level === 50)).toMatchObject({
      request: answer.headers['x-request-id'],
      endpoint: 'cancelCard',
      err: { message: 'secret inside' },
    });
  });

  test('is answered 503 where the store did nothing, and as an open outcome where nobody knows', async () => {
    const aborted = await post(world({ answer: () => Promise.reject(new StoreError('aborted', 'disk')) }));
    expect([aborted.statusCode, aborted.json().status]).toEqual([503, 503]);
    const unknown = await post(world({ answer: () => Promise.reject(new StoreError('unknown', 'disk')) }));
    expect([unknown.statusCode, unknown.json().status]).toEqual([200, 6209]);
  });
});

describe('the log', () => {
  test('has one line for a request, with what ties it to its operation', async () => {
    const made = world();
    await post(made);
    expect(made.lines).toEqual([
      {
        level: 30,
        request: '01890a5d-ac96-774b-bcce-000000000001',
        operation: OPERATION,
        endpoint: 'cancelCard',
        account: '98651082ab89c3f1b50f35caf794179f',
        property: '1316879946',
        status: 200,
        ms: expect.any(Number),
        msg: 'request',
      },
    ]);
  });

  test.each([
    ['the store did nothing', new StoreError('aborted', 'disk'), 503],
    ['nobody knows what the store did', new StoreError('unknown', 'disk'), 6209],
    ['there is a bug', new Error('a bug'), 500],
  ])('tells who asked also where %s: a caller whose signature is right is no stranger', async (_why, error, status) => {
    const made = world({ answer: () => Promise.reject(error) });
    await post(made);
    expect(made.lines.filter((line) => 'status' in line)).toMatchObject([
      { msg: 'request', account: '98651082ab89c3f1b50f35caf794179f', property: '1316879946', status },
    ]);
  });

  test('and the metrics tell how long the answer took', async () => {
    const made = world({
      answer: async () => {
        made.wait(250);
        return { outcome: 'succeeded', operation: OPERATION, repeat: false };
      },
    });
    await post(made);
    expect(made.lines).toMatchObject([{ msg: 'request', ms: 250 }]);
    expect(await made.metrics.text()).toContain('keyrack_request_duration_seconds_sum{endpoint="cancelCard"} 0.25\n');
  });

  test('never holds a password, a signature, a token or an address with its query', async () => {
    const made = world();
    const secrets = ['c1d425b5', 'bbc69d27', 'e687bc93', '10000000000', 'Zo\u00eb'];
    await post(made);
    await post(made, `${PUBLISHED_FORM}&authToken=e687bc93c89b9b59611de521a70ed4&owner=Zo\u00eb`);
    await post(made, PUBLISHED_FORM.replace('4567', '4568'));
    await post(made, `${PUBLISHED_FORM}&sig=c1d425b5d425d0e776cf387c5118b543`);
    await made.app.inject({ method: 'GET', url: `${PATH}?sig=c1d425b5&owner=Zo%C3%AB` });
    await made.app.inject({ method: 'GET', url: '/c1d425b5?sig=c1d425b5' });
    expect(made.lines).toHaveLength(6);
    for (const secret of secrets) expect(JSON.stringify(made.lines)).not.toContain(secret);
  });

  test('is bounded for what fails before authentication, and says what it left out', async () => {
    const made = world();
    for (let n = 0; n < 30; n += 1) await post(made, PUBLISHED_FORM.replace('sig=c', 'sig=d'));
    expect(made.lines).toHaveLength(10);
    expect(made.lines[0]).toMatchObject({ level: 40, endpoint: 'cancelCard', status: 403, source: '127.0.0.1' });
    await post(made);
    expect(made.lines).toHaveLength(11);
    await made.app.close();
    expect(made.lines[11]).toMatchObject({ dropped: 20 });
  });
});

describe('what a supervisor asks', () => {
  test('/healthz answers while the process lives, /readyz while the store answers', async () => {
    const ready = world();
    expect((await ready.app.inject('/healthz')).json()).toEqual({ alive: true });
    expect((await ready.app.inject('/readyz')).json()).toEqual({ ready: true });
    for (const readiness of [
      async () => false,
      () => Promise.reject(new Error('no')),
      () => new Promise<boolean>(() => {}),
    ]) {
      const answer = await world({}, { readiness, limits: { readinessMs: 20 } }).app.inject('/readyz');
      expect([answer.statusCode, answer.json()]).toEqual([503, { ready: false }]);
    }
    expect(ready.lines).toEqual([]);
  });

  test('/metrics is no address of this listener', async () => {
    const answer = await world().app.inject('/metrics');
    expect(answer.statusCode).toBe(404);
    expect(answer.json().status).toBe(404);
  });

  test('metrics count requests, bad signatures, and ask for agents and queues', async () => {
    const made = world();
    await post(made);
    await post(made, PUBLISHED_FORM.replace('sig=c', 'sig=d'));
    await made.app.inject('/made/up');
    made.metrics.operationReached('cancel', 'expired', 'no-card');
    const lines = (await made.metrics.text()).split('\n');
    for (const line of [
      'keyrack_requests_total{endpoint="cancelCard",status="200"} 1',
      'keyrack_requests_total{endpoint="cancelCard",status="403"} 1',
      'keyrack_requests_total{endpoint="other",status="404"} 1',
      'keyrack_request_duration_seconds_count{endpoint="cancelCard"} 2',
      'keyrack_bad_signatures_total 1',
      'keyrack_operations_total{kind="cancel",state="expired",cause="no-card"} 1',
      'keyrack_agents_connected 2',
      'keyrack_encoder_queue_length{encoder="7C778A6C7D9C"} 3',
    ]) {
      expect(lines).toContain(line);
    }
  });
});
