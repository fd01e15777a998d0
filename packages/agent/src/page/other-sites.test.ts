import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { SILENT } from '../log.ts';
import { createDeskWorld, type DeskWorld, OPERATION } from '../testing/desk-world.ts';
import { refusalOf } from './page-guard.ts';
import { type RunningPage, startPage } from './page-server.ts';
import { openPage, type PageClient, type PageRequest } from './testing/page-client.ts';

/** The page is on loopback, where every site that is open in the same browser can send requests. */

let world: DeskWorld;
let page: RunningPage;
let client: PageClient;
let port: string;

beforeEach(async () => {
  world = await createDeskWorld();
  await world.server.welcome('Front Desk');
  world.prompt();
  await world.clock.idle();
  page = await startPage({ desk: world.desk(), port: 0, clock: systemClock, log: SILENT });
  client = await openPage(page.url);
  ({ port } = new URL(page.url));
});
afterEach(() => page.close());

const decline = (changes: PageRequest = {}) => client.act('/decline', { operation: OPERATION }, changes);
const isAsked = () => world.desk().state().encoders[0]?.prompt !== null;

test('the page itself may act', async () => {
  expect(await decline()).toMatchObject({ status: 200, body: '{"declined":true}' });
  expect(isAsked()).toBe(false);
});

describe('what is not the page is refused, and nothing happens', () => {
  test.each([
    ['a name that another site pointed here', () => ({ host: `evil.example:${port}` }), 421, 'wrong-host'],
    ['our name without our port', () => ({ host: '127.0.0.1' }), 421, 'wrong-host'],
    ['our name with another port', () => ({ host: 'localhost:1' }), 421, 'wrong-host'],
    ['our name as a part of another', () => ({ host: `localhost:${port}.evil.example` }), 421, 'wrong-host'],
    ['another origin', () => ({ origin: 'https://evil.example' }), 403, 'wrong-origin'],
    ['another port of this computer', () => ({ origin: 'http://127.0.0.1:1' }), 403, 'wrong-origin'],
    ['an origin that a browser hides', () => ({ origin: 'null' }), 403, 'wrong-origin'],
    ['no origin at all', () => ({ origin: undefined }), 403, 'wrong-origin'],
    ['a site that the browser calls another', () => ({ 'sec-fetch-site': 'cross-site' }), 403, 'wrong-origin'],
    ['a site that the browser calls a sibling', () => ({ 'sec-fetch-site': 'same-site' }), 403, 'wrong-origin'],
    ['no token', () => ({ 'x-keyrack-page': undefined }), 403, 'wrong-token'],
    ['another token', () => ({ 'x-keyrack-page': 'A'.repeat(43) }), 403, 'wrong-token'],
    ['a token that is cut', () => ({ 'x-keyrack-page': client.token.slice(1) }), 403, 'wrong-token'],
    ['a form', () => ({ 'content-type': 'application/x-www-form-urlencoded' }), 415, 'not-json'],
    ['plain text', () => ({ 'content-type': 'text/plain' }), 415, 'not-json'],
  ])('%s', async (_what, headers, status, cause) => {
    const answer = await decline({ headers: headers() });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ cause });
    expect(isAsked()).toBe(true);
  });

  test('a body beyond the limit, with and without its length told', async () => {
    const body = JSON.stringify({ operation: OPERATION, more: 'x'.repeat(5_000) });
    expect(await decline({ body })).toMatchObject({ status: 413 });
    expect(await decline({ body, headers: { 'transfer-encoding': 'chunked' } })).toMatchObject({ status: 413 });
    expect(isAsked()).toBe(true);
  });

  test.each([['not JSON'], ['null'], ['{"operation":"x"}'], [`{"operation":"${OPERATION}","more":1}`]])(
    'a body that the page would not send: %s',
    async (body) => {
      expect(await decline({ body })).toMatchObject({ status: 400 });
      expect(isAsked()).toBe(true);
    },
  );

  test('another method', async () => {
    const { status, headers } = await decline({ method: 'PUT' });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'POST' });
    expect(await client.act('/', {})).toMatchObject({ status: 405 });
    expect(await client.get('/decline', { origin: page.url, 'x-keyrack-page': client.token })).toMatchObject({
      status: 405,
    });
    expect(isAsked()).toBe(true);
  });

  test('a preflight is answered without a word that would allow anything', async () => {
    const { status, headers } = await decline({ method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
    expect(status).toBe(403);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

test("browsers leave HTTP's own port out of the host", () => {
  const judge = (host: string, port: number) => refusalOf({ headers: { host } }, 'document', { port, token: '' });
  expect(judge('localhost', 80)).toBe(null);
  expect(judge('127.0.0.1:80', 80)).toBe(null);
  expect(judge('localhost', 8081)).toBe('wrong-host');
});

test('the state of the desk is for the page alone', async () => {
  const own = { 'x-keyrack-page': client.token };
  expect(await client.get('/live')).toMatchObject({ status: 403 });
  expect(await client.get('/live', { ...own, host: `evil.example:${port}` })).toMatchObject({ status: 421 });
  expect(await client.get('/live', { ...own, 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 });
  expect(await client.get('/live', { ...own, origin: 'https://evil.example' })).toMatchObject({ status: 403 });
});

test('the token can only be read where the host name is ours, and is another one in every process', async () => {
  const rebound = await client.get('/', { host: `evil.example:${port}` });
  expect(rebound.status).toBe(421);
  expect(rebound.body).not.toContain(client.token);
  const other = await startPage({ desk: world.desk(), port: 0, clock: systemClock, log: SILENT });
  expect((await openPage(other.url)).token).not.toBe(client.token);
  await other.close();
});

test('a link from elsewhere opens the page, and no site loads its parts or puts it into a frame', async () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  const { status, headers } = await client.get('/', link);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(await client.get('/main.js', { 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 });
  expect(await client.get('/main.js', { 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 200 });
});

test('nothing listens beyond this computer', async () => {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  for (const { address, family, internal } of addresses) {
    if (internal || family !== 'IPv4') continue;
    await expect(openPage(`http://${address}:${port}`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }
  expect(new URL(page.url).hostname).toBe('127.0.0.1');
});

test.each([['/nothing'], ['/../package.json'], ['/%2e%2e/package.json'], ['/browser/main.js'], ['/tsconfig.json']])(
  'there is nothing at %s',
  async (path) => {
    expect(await client.get(path)).toMatchObject({ status: 404 });
  },
);
