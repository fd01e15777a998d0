import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { METHODS, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restWorldForFile } from '../testing/rest-world.ts';
import type { ConsoleState } from './not-built-page.ts';
import { CONSOLE_PLACES } from './places.ts';

/** The console's page and files, as browsers and strangers ask for them. */

const root = mkdtempSync(join(tmpdir(), 'keyrack-console-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = join(root, 'dist');
const later = join(root, 'later');
let state: ConsoleState = 'building';
const SCRIPT = 'console.log("the desk");'.repeat(50);

function putConsole(at: string, { page = '<p>First</p>', script = 'index-AAAA.js' } = {}): void {
  mkdirSync(join(at, 'assets'), { recursive: true });
  mkdirSync(join(at, '.vite'), { recursive: true });
  writeFileSync(join(at, 'index.html'), `<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__" />${page}`);
  writeFileSync(join(at, 'index.html.br'), 'never sent');
  writeFileSync(join(at, '.vite/manifest.json'), 'SECRET');
  writeFileSync(join(at, 'built-from'), 'SECRET');
  writeFileSync(join(at, `assets/${script}`), SCRIPT);
  writeFileSync(join(at, `assets/${script}.br`), brotliCompressSync(SCRIPT));
  writeFileSync(join(at, `assets/${script}.gz`), gzipSync(SCRIPT));
  writeFileSync(join(at, 'assets/icon-BBBB.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(at, 'assets/notes.txt'), 'SECRET');
}

beforeAll(() => {
  writeFileSync(join(root, 'secret.js'), 'SECRET');
  putConsole(folder);
  symlinkSync(join(root, 'secret.js'), join(folder, 'assets/link.js'));
  symlinkSync(root, join(folder, 'assets/folder'));
});

const console = { folder, state: () => state };
const world = restWorldForFile({ console }, { settings: { KEYRACK_METRICS: '127.0.0.1:0' } });
const missing = restWorldForFile({ console: { folder: later, state: () => state } });
const without = restWorldForFile();

type Headers = Readonly<Record<string, string>>;
const HTML = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

/** The path goes out as it is written here. */
async function ask(path: string, headers: Headers = {}, method = 'GET', at = world) {
  const { hostname, port } = new URL(at().server.url);
  const { promise, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  request({ hostname, port, path, method, headers, agent: false }, resolve).once('error', reject).end();
  const answer = await promise;
  const chunks: Buffer[] = await Array.fromAsync(answer as AsyncIterable<Buffer>);
  const body = Buffer.concat(chunks);
  return { status: answer.statusCode, headers: answer.headers, body, text: body.toString() };
}

describe('the page', () => {
  it('has a nonce of its own in each answer, and a policy under which nothing else runs', async () => {
    const [one, two] = [await ask('/', HTML), await ask('/', HTML)];
    const nonces = [one, two].map((page) => {
      const [, nonce] = /nonce="([^"]+)"/.exec(page.text) ?? [];
      expect(page.headers['content-security-policy']).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
      );
      return nonce;
    });
    expect(Buffer.from(nonces[0] ?? '', 'base64')).toHaveLength(16);
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(one.text).toContain('<p>First</p>');
    expect(one.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      vary: 'accept',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringMatching(/publickey-credentials-get=\(self\).*camera=\(\)/),
    });
  });

  it.each(CONSOLE_PLACES)('is there at %s and below, whatever the query, to browsers alone', async (place) => {
    for (const path of [place, `${place}/`, `${place}/a/b`, `${place}?view=lost&c=1`, `${place}/%E6%88%BF`]) {
      expect([path, (await ask(path, HTML)).status]).toEqual([path, 200]);
      for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }, { accept: 'text/html;q=0' }]) {
        const answer = await ask(path, headers);
        expect([path, answer.status, JSON.parse(answer.text).status]).toEqual([path, 404, 404]);
      }
    }
    for (const path of [`${place}x`, `/x${place}`, place.toUpperCase()])
      expect([path, (await ask(path, HTML)).status]).toEqual([path, 404]);
  });

  it('answers HEAD without a body', async () => {
    const head = await ask('/', HTML, 'HEAD');
    expect([head.status, head.text, head.headers['content-type']]).toEqual([200, '', 'text/html; charset=utf-8']);
  });

  it('is counted by a name, without its query, and writes no line of log', async () => {
    const before = world().lines.length;
    await ask('/desk?guest=Lin', HTML);
    await ask('/assets/index-AAAA.js?guest=Lin');
    const metrics = await (await fetch(`${world().server.metricsUrl}`)).text();
    expect(metrics).toMatch(/keyrack_requests_total\{endpoint="console",status="200"\} \d/);
    expect(metrics).toMatch(/keyrack_requests_total\{endpoint="console-file",status="200"\} \d/);
    expect(world().lines.slice(before)).toEqual([]);
  });
});

/** Addresses of nothing, as people may come to them. */
const NOWHERE = [
  '/DESK',
  '/nowhere',
  '/nowhere?c=1',
  '/index.html',
  '/desk/%ff',
  '/%c0%ae',
  '/assets/old.js',
  '//x//y',
];
/** What isn't a browser that opens an address to read. */
const NO_PAGE: Headers[] = [
  {},
  { accept: '*/*' },
  { accept: 'application/json' },
  { accept: 'text/html;q=0, */*' },
  { accept: 'text/htmlx' },
];

describe('an address of nothing', () => {
  it.each(NOWHERE)(
    '%s is the console to a browser, which says so there, with the status of what it is',
    async (path) => {
      const answer = await ask(path, HTML);
      expect([answer.status, answer.headers['content-type'], answer.headers.vary]).toEqual([
        404,
        'text/html; charset=utf-8',
        'accept',
      ]);
      expect(answer.text).toContain('<p>First</p>');
      expect(answer.headers['content-security-policy']).toContain(/nonce="([^"]+)"/.exec(answer.text)?.[1]);
      const head = await ask(path, HTML, 'HEAD');
      expect([head.status, head.text]).toEqual([404, '']);
    },
  );
});

describe('what else is asked for at these addresses is answered as by a server without a console', () => {
  const strip = ({ status, headers, text }: Awaited<ReturnType<typeof ask>>) => {
    const { date: _date, 'x-request-id': _id, ...others } = headers;
    return { status, headers: others, text };
  };
  const ASKED: [string, Headers][] = [
    ['/', {}],
    ['/', { accept: '*/*' }],
    ['/', { accept: 'application/json, text/plain' }],
    ['/?a=getLink', { accept: '*/*' }],
    ...['/?c=Qrcode&a=getLink', '/?c=', '/?a=x&c=Anything', '//?c=Qrcode', '/?%63=x'].map((path): [string, Headers] => [
      path,
      HTML,
    ]),
    ['/index.php?c=Qrcode', HTML],
    ['/v1/nothing', HTML],
    ['/v1/%zz', HTML],
    ['/apiLogin/', HTML],
    ['/Home/Qrm/cancelCard', HTML],
    ['/healthz', HTML],
    ['/metrics', {}],
    // Where programs look for the room-card API: some libraries ask for a page by themselves.
    ...['/home/qrm/cancelcard', '/Home', '/Home/Qrm/cancelCards', '/index.php', '/apilogin'].map(
      (path): [string, Headers] => [path, HTML],
    ),
    ...NOWHERE.flatMap((path) => NO_PAGE.map((headers): [string, Headers] => [path, headers])),
  ];
  it.each(ASKED)('%s %o', async (path, headers) => {
    expect(strip(await ask(path, headers))).toEqual(strip(await ask(path, headers, 'GET', without)));
  });

  it.each(METHODS.filter((method) => !['CONNECT', 'GET', 'HEAD'].includes(method)))('by %s', async (method) => {
    for (const path of ['/', '/desk', '/desk/x', '/DESK', '/desk/%ff', '/assets/index-AAAA.js'])
      expect(strip(await ask(path, HTML, method))).toEqual(strip(await ask(path, HTML, method, without)));
  });
});

describe('a file', () => {
  const PATH = '/assets/index-AAAA.js';

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate, br;q=0.5', 'br', brotliDecompressSync],
    ['gzip;q=0.1', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['BR', 'br', brotliDecompressSync],
    ['*', 'br', brotliDecompressSync],
    ['br;q=0, *', 'gzip', gunzipSync],
    ['*;q=0', undefined, (body: Buffer) => body],
    ['zstd', undefined, (body: Buffer) => body],
    ['', undefined, (body: Buffer) => body],
    ['br;q=nonsense', 'br', brotliDecompressSync],
  ])('to a client that takes "%s" comes as %s', async (accepted, coding, unpack) => {
    const answer = await ask(PATH, { 'accept-encoding': accepted });
    expect(answer.status).toBe(200);
    expect(unpack(answer.body).toString()).toBe(SCRIPT);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'content-length': String(answer.body.length),
    });
    expect(answer.headers['content-encoding']).toBe(coding);
    const head = await ask(PATH, { 'accept-encoding': accepted }, 'HEAD');
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-encoding']).toBe(coding);
  });

  it("that the client knows isn't sent again, each coding by its own tag", async () => {
    const tags = await Promise.all(
      ['br', 'gzip', ''].map(async (coding) => (await ask(PATH, { 'accept-encoding': coding })).headers.etag as string),
    );
    expect(new Set(tags).size).toBe(3);
    for (const known of [tags[0], `W/${tags[0]}`, `"other", ${tags[0]}`, '*']) {
      const answer = await ask(PATH, { 'accept-encoding': 'br', 'if-none-match': known as string });
      expect([answer.status, answer.text]).toEqual([304, '']);
    }
    expect((await ask(PATH, { 'accept-encoding': 'br', 'if-none-match': tags[1] as string })).status).toBe(200);
  });

  it('without copies varies by nothing', async () => {
    const { headers, text } = await ask('/assets/icon-BBBB.svg', { 'accept-encoding': 'br' });
    expect([headers['content-type'], headers.vary, headers['content-encoding']]).toEqual([
      'image/svg+xml',
      undefined,
      undefined,
    ]);
    expect(text).toContain('<svg');
  });

  it.each([
    '/assets/../secret.js',
    '/assets/../../secret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/assets/..%5c..%5csecret.js',
    '/assets/..\\..\\secret.js',
    '/assets/%2e%2e%2fbuilt-from',
    '/assets/../.vite/manifest.json',
    '/.vite/manifest.json',
    '/built-from',
    '/index.html',
    '/assets/index-AAAA.js%00.txt',
    '/assets/index-AAAA.js%2f',
    '/assets/index-AAAA.js/',
    '/assets/%69ndex-AAAA.js',
    '/assets/index-AAAA.js.br',
    '/assets/link.js',
    '/assets/folder/secret.js',
    '/assets/notes.txt',
    '/assets/',
    '/assets',
    '/assets/__proto__',
    `/assets/${'x'.repeat(4_000)}`,
    'http://elsewhere.example/assets/../secret.js',
  ])('that is none of the console, %s, is nowhere', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text).status).toBe(404);
    const page = await ask(path, HTML);
    expect([page.status, page.text.includes('SECRET')]).toEqual([404, false]);
  });
});

describe("while it isn't built", () => {
  const page = (language: string) => ask('/sign-in', { ...HTML, 'accept-language': language }, 'GET', missing);

  it.each<[ConsoleState, string, string]>([
    ['building', 'is being built', '正在构建'],
    ['failed', 'could not be built', '构建失败'],
    ['not-built', "isn't built", '尚未构建'],
  ])("a page says so in the reader's language and loads itself again: %s", async (now, english, chinese) => {
    state = now;
    const [inEnglish, inChinese] = [await page('en'), await page('zh-CN,zh;q=0.9')];
    expect([inEnglish.status, inEnglish.text.includes(english)]).toEqual([503, true]);
    expect([inChinese.status, inChinese.text.includes(chinese)]).toEqual([503, true]);
    expect(inEnglish.text).toContain('location.reload()');
    expect(inEnglish.text.includes('npm run build')).toBe(now !== 'building');
    expect(inEnglish.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^;]*; script-src 'sha256-/,
    );
    // Programs are told what they always were.
    expect((await ask('/', {}, 'GET', missing)).status).toBe(404);
    expect((await ask('/assets/index-AAAA.js', {}, 'GET', missing)).status).toBe(404);
  });

  it('it comes as soon as it is there, and another one takes its place', async () => {
    putConsole(`${later}.new`);
    renameSync(`${later}.new`, later);
    expect((await page('en')).text).toContain('<p>First</p>');
    expect((await ask('/assets/index-AAAA.js', {}, 'GET', missing)).text).toBe(SCRIPT);
    putConsole(`${later}.new`, { page: '<p>Second</p>', script: 'index-CCCC.js' });
    rmSync(later, { recursive: true });
    renameSync(`${later}.new`, later);
    expect((await page('en')).text).toContain('<p>Second</p>');
    expect((await ask('/assets/index-CCCC.js', {}, 'GET', missing)).text).toBe(SCRIPT);
    expect((await ask('/assets/index-AAAA.js', {}, 'GET', missing)).status).toBe(404);
  });

  it("what is there and can't be read is told in the log, once, with the reason", async () => {
    rmSync(later, { recursive: true });
    putConsole(later);
    rmSync(join(later, 'assets'), { recursive: true });
    const before = missing().lines.length;
    for (let n = 0; n < 3; n += 1) expect((await page('en')).status).toBe(503);
    const told = missing()
      .lines.slice(before)
      .filter(({ level }) => level === 50);
    expect(told).toMatchObject([
      { folder: later, err: { code: 'ENOENT' }, msg: expect.stringContaining("can't be read") },
    ]);
    rmSync(later, { recursive: true });
    putConsole(later);
    expect((await page('en')).status).toBe(200);
  });
});
