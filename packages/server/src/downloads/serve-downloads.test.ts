import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { newMember } from '../domain/people.ts';
import { type Clock, systemClock } from '../runtime/clock.ts';
import { drawToken } from '../runtime/draw-token.ts';
import { apiKeyRow, INN, type RestWorld, restWorld, restWorldForFile, sessionRow } from '../testing/rest-world.ts';
import { putDownloads, sha256Of } from './testing/downloads-folder.ts';

/** Front desks' packages, as browsers, desks and strangers ask a server for them. */

const LINUX = 'keyrack-agent-0.1.0-linux-x64.tar.xz';
const WINDOWS = 'keyrack-agent-0.1.0-win-x64.zip';
/** More than the system keeps on its way between two programs of a computer. */
const LARGE = randomBytes(24 * 1024 * 1024);
const SMALL = new TextEncoder().encode('a package for Windows');

const folder = mkdtempSync(join(tmpdir(), 'keyrack-downloads-'));
putDownloads(folder, { [LINUX]: LARGE, [WINDOWS]: SMALL }, { signature: 'signed\n' });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let late = 0;
beforeEach(() => {
  late = 0;
});
const clock: Clock = { ...systemClock, now: () => Date.now() + late };
const limits = { untakenMs: 1_000, checkMs: 100 };
const settings = { KEYRACK_DOWNLOADS: folder };
const world = restWorldForFile({ clock, limits }, { settings });

type Headers = Readonly<Record<string, string>>;
interface Asked {
  readonly headers?: Headers;
  readonly method?: string;
  readonly from?: string;
  readonly at?: RestWorld;
}

/** The path goes out as it is written here. Resolves when headers are there. */
async function begin(path: string, { headers = {}, method = 'GET', from = '127.0.0.1', at = world() }: Asked = {}) {
  const { hostname, port } = new URL(at.server.url);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request({ hostname, port, path, method, headers, agent: false, localAddress: from }, resolve)
    .once('error', reject)
    .end();
  return await promise;
}
async function ask(path: string, asked: Asked = {}) {
  const answer = await begin(path, asked);
  const body = Buffer.concat(await Array.fromAsync(answer as AsyncIterable<Buffer>));
  return { status: answer.statusCode, headers: answer.headers, body, text: body.toString() };
}
const owner = (): Headers => ({ authorization: `Bearer ${world().ownerKey}` });
const linesSince = (before: number) =>
  world()
    .lines.slice(before)
    .filter(({ msg }) => msg === 'download');
/** Takes some bytes of an answer, and no more. */
async function takeSome(answer: IncomingMessage, least: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let taken = 0;
  while (taken < least) {
    const chunk = answer.read() as Buffer | null;
    if (chunk === null) await once(answer, 'readable');
    else taken += chunks.push(chunk) && chunk.length;
  }
  return Buffer.concat(chunks);
}

async function newLink(): Promise<string> {
  const made = await world().send(`/v1/properties/${INN.id}/agents/pairing-codes`, { method: 'POST', json: {} });
  expect(made.status).toBe(201);
  expect(made.body.downloadLink).not.toContain(made.body.code);
  return made.body.downloadLink;
}

test('whoever sees front desks sees what is offered for them', async () => {
  const { status, body } = await world().send('/v1/downloads');
  expect(status).toBe(200);
  expect(body.data).toEqual([
    {
      name: LINUX,
      version: '0.1.0',
      system: 'linux-x64',
      bytes: LARGE.length,
      sha256: sha256Of(LARGE),
      path: `/downloads/${LINUX}`,
    },
    {
      name: WINDOWS,
      version: '0.1.0',
      system: 'win-x64',
      bytes: SMALL.length,
      sha256: sha256Of(SMALL),
      path: `/downloads/${WINDOWS}`,
    },
  ]);
  await world().put(apiKeyRow('kr_AAAAaaaa_0123456789012345678901234567890123456789', { scopes: ['cards'] }));
  const cards = { key: 'kr_AAAAaaaa_0123456789012345678901234567890123456789' };
  expect((await world().send('/v1/downloads', cards)).status).toBe(404);
});

describe('with a credential', () => {
  test('an archive comes whole, as a file to keep', async () => {
    const answer = await ask(`/downloads/${WINDOWS}`, { headers: owner() });
    expect([answer.status, answer.text]).toEqual([200, 'a package for Windows']);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-length': String(SMALL.length),
      'content-disposition': `attachment; filename="${WINDOWS}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining('sandbox'),
      'accept-ranges': 'bytes',
      etag: `"${sha256Of(SMALL)}"`,
    });
    expect((await ask(`/downloads/${LINUX}`, { headers: owner() })).body.equals(LARGE)).toBe(true);
  });

  test('HEAD tells the same without the bytes', async () => {
    const answer = await ask(`/downloads/${LINUX}`, { headers: owner(), method: 'HEAD' });
    expect([answer.status, answer.body.length, answer.headers['content-length']]).toEqual([
      200,
      0,
      String(LARGE.length),
    ]);
  });

  test('a part comes where one is asked for, of the same file alone', async () => {
    const etag = `"${sha256Of(SMALL)}"`;
    const part = (headers: Headers) => ask(`/downloads/${WINDOWS}`, { headers: { ...owner(), ...headers } });
    const end = await part({ range: 'bytes=14-', 'if-range': etag });
    expect([end.status, end.text, end.headers['content-range']]).toEqual([206, 'Windows', 'bytes 14-20/21']);
    expect((await part({ range: 'bytes=14-', 'if-range': '"another"' })).status).toBe(200);
    expect((await part({ range: 'bytes=0-1,3-4' })).text).toBe('a package for Windows');
    const beyond = await part({ range: 'bytes=21-' });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */21']);
    const known = await part({ 'if-none-match': etag });
    expect([known.status, known.text]).toEqual([304, '']);
  });

  test('the checksums and their signature come as they are', async () => {
    expect((await ask('/downloads/SHA256SUMS', { headers: owner() })).text).toContain(
      `${sha256Of(SMALL)}  ${WINDOWS}\n`,
    );
    expect((await ask('/downloads/SHA256SUMS.minisig', { headers: owner() })).text).toBe('signed\n');
  });

  test.each([
    '/downloads/..%2f..%2fkeyrack.db',
    '/downloads/%2e%2e',
    '/downloads/keyrack-agent-0.1.0-linux-x64.tar.xz%00',
    '/downloads/keyrack-agent-9.9.9-linux-x64.tar.xz',
    '/downloads/%0d%0aset-cookie:%20a=b',
    '/downloads/constructor',
    '/downloads/%E6%88%BF',
    `/downloads/${'a'.repeat(300)}`,
  ])('nothing is at %s', async (path) => {
    const answer = await ask(path, { headers: owner() });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([404, undefined]);
    expect(answer.text).not.toContain('a package');
  });
});

describe('with the cookie of a session', () => {
  let cookie: string;
  beforeEach(async () => {
    const token = drawToken('session');
    const memberId = '019ac000-0000-7000-8000-0000000000a1';
    await world().put(
      {
        table: 'members',
        row: newMember({
          propertyId: INN.id,
          id: memberId,
          name: 'Ada',
          role: 'receptionist',
          email: 'ada@example.com',
          passwordHash: '',
          issuingPermission: true,
        }),
      },
      sessionRow(token, { kind: 'member', propertyId: INN.id, memberId }),
    );
    cookie = `keyrack=${token}`;
  });

  test('a member who follows a link of the console gets it, whatever their role', async () => {
    for (const site of ['same-origin', 'none'])
      expect((await ask(`/downloads/${WINDOWS}`, { headers: { cookie, 'sec-fetch-site': site } })).status).toBe(200);
    expect((await ask(`/downloads/${WINDOWS}`, { headers: { cookie } })).status).toBe(200);
  });

  test('a page from elsewhere gets nothing by it', async () => {
    for (const site of ['same-site', 'cross-site'])
      expect((await ask(`/downloads/${WINDOWS}`, { headers: { cookie, 'sec-fetch-site': site } })).status).toBe(401);
  });
});

test('a stranger learns of no name', async () => {
  const [there, nowhere] = [await ask(`/downloads/${WINDOWS}`), await ask('/downloads/nothing.zip')];
  expect([there.status, there.text]).toEqual([401, nowhere.text]);
  expect(nowhere.status).toBe(401);
  const wrong = { authorization: `Bearer ${drawToken()}` };
  expect((await ask(`/downloads/${WINDOWS}`, { headers: wrong })).status).toBe(401);
});

describe('by the link of a pairing code', () => {
  test('each archive comes once, without a credential, and no log holds the link', async () => {
    const before = world().lines.length;
    const link = await newLink();
    for (const [name, bytes] of [
      [WINDOWS, SMALL],
      [LINUX, LARGE],
    ] as const) {
      expect((await ask(`/downloads/${name}?link=${link}`, { method: 'HEAD' })).status).toBe(200);
      const answer = await ask(`/downloads/${name}?link=${link}`);
      expect([answer.status, answer.body.equals(bytes)]).toEqual([200, true]);
      const again = await ask(`/downloads/${name}?link=${link}`);
      expect([again.status, again.text]).toEqual([410, expect.stringContaining('Make another pairing code')]);
    }
    await ask(`/downloads/nothing?link=${link}`);
    expect(linesSince(before)).toMatchObject([{ name: WINDOWS, by: 'link', whole: true }, { name: LINUX }]);
    expect(JSON.stringify(world().lines)).not.toContain(link);
  });

  test('it opens nothing beside a credential that is wrong, and a wrong one nothing beside a good credential', async () => {
    const link = await newLink();
    expect((await ask(`/downloads/${WINDOWS}?link=${link}&link=${link}`)).status).toBe(410);
    expect((await ask(`/downloads/${WINDOWS}?link=x`, { headers: owner() })).status).toBe(410);
  });

  test('a download that was cut is gone on with, until all of it was given', async () => {
    const path = `/downloads/${LINUX}?link=${await newLink()}`;
    let have = Buffer.alloc(0);
    for (const least of [5_000_000, 3_000_000]) {
      const answer = await begin(path, { headers: { range: `bytes=${have.length}-` } });
      expect(answer.statusCode).toBe(206);
      have = Buffer.concat([have, await takeSome(answer, least)]);
      answer.destroy();
    }
    const rest = await ask(path, { headers: { range: `bytes=${have.length}-` } });
    expect(Buffer.concat([have, rest.body]).equals(LARGE)).toBe(true);
    expect((await ask(path, { headers: { range: `bytes=${have.length}-` } })).status).toBe(410);
    expect((await ask(path)).status).toBe(410);
  });

  test('parts that leave out the beginning come to an end too', async () => {
    const path = `/downloads/${WINDOWS}?link=${await newLink()}`;
    const statuses: (number | undefined)[] = [];
    while (statuses.length < 6) statuses.push((await ask(path, { headers: { range: 'bytes=1-' } })).status);
    expect(statuses).toEqual([206, 206, 206, 206, 206, 410]);
  });

  test('whoever asks anew ends the download before: it is never given twice at once', async () => {
    const path = `/downloads/${LINUX}?link=${await newLink()}`;
    const first = await begin(path);
    first.on('error', () => {});
    await takeSome(first, 1_000);
    expect((await ask(path)).body.equals(LARGE)).toBe(true);
    await expect(Array.fromAsync(first as AsyncIterable<Buffer>)).rejects.toThrow('aborted');
  });

  test('it ends with the code', async () => {
    const path = `/downloads/${WINDOWS}?link=${await newLink()}`;
    late = 10 * 60_000 - 1_000;
    expect((await ask(path, { method: 'HEAD' })).status).toBe(200);
    late = 10 * 60_000;
    // Again and again, as a program that tries: it was good once, and is no guess.
    for (let tries = 0; tries < 12; tries += 1) expect((await ask(path)).status).toBe(410);
  });

  test('guesses close their own source alone', async () => {
    const link = await newLink();
    const from = '127.0.0.3';
    const guess = (at: number) => ask(`/downloads/${WINDOWS}?link=${String(at).repeat(43)}`, { from });
    for (let at = 0; at < 10; at += 1) expect((await guess(at)).status).toBe(410);
    const refused = await guess(11);
    expect([refused.status, refused.text]).toEqual([429, expect.stringContaining('Too many wrong links')]);
    expect((await ask(`/downloads/${WINDOWS}?link=${link}`, { from })).status).toBe(429);
    expect((await ask(`/downloads/${WINDOWS}?link=${link}`)).status).toBe(200);
  });
});

describe('a reader that takes nothing', () => {
  test('is cut off after a while, keeps nobody waiting, and goes on later', async () => {
    const path = `/downloads/${LINUX}?link=${await newLink()}`;
    const before = world().lines.length;
    const slow = await begin(path);
    slow.on('error', () => {});
    const have = await takeSome(slow, 1_000);
    expect((await ask(`/downloads/${LINUX}`, { headers: owner() })).body.equals(LARGE)).toBe(true);
    await expect
      .poll(() => linesSince(before).filter(({ by }) => by === 'link'))
      .toMatchObject([{ name: LINUX, whole: false }]);
    const rest = await ask(path, { headers: { range: `bytes=${have.length}-` } });
    expect(Buffer.concat([have, rest.body]).equals(LARGE)).toBe(true);
  });

  test("doesn't hold up the server's end", async () => {
    const own = await restWorld({}, { settings });
    const headers = { authorization: `Bearer ${own.ownerKey}` };
    const slow = await begin(`/downloads/${LINUX}`, { headers, at: own });
    slow.on('error', () => {});
    await takeSome(slow, 1_000);
    await own.server.stop();
    expect(own.lines).toContainEqual(expect.objectContaining({ msg: 'download', whole: false }));
  });
});
