import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import type { AgentLog } from '../log.ts';
import { createDeskWorld, type DeskWorld, SERIAL } from '../testing/desk-world.ts';
import type { Updates } from '../update/index.ts';
import type { LiveLine } from './live-streams.ts';
import { type RunningPage, startPage } from './page-server.ts';
import { showPage } from './show-page.ts';
import { openPage, type PageClient } from './testing/page-client.ts';

let world: DeskWorld;
let page: RunningPage;
let client: PageClient;
let logged: string[];
const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
const log: AgentLog = { info: note, warn: note, error: note };

beforeEach(async () => {
  logged = [];
  world = await createDeskWorld();
  await world.server.welcome();
  page = await startPage({ desk: world.desk(), port: 0, clock: systemClock, log });
  client = await openPage(page.url);
});
afterEach(() => page.close());

/** The lines of a stream, one at a time; undefined at its end. */
function linesOf(stream: IncomingMessage): () => Promise<LiveLine | undefined> {
  const lines = createInterface({ input: stream })[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await lines.next();
    return done ? undefined : JSON.parse(value);
  };
}

test('how the program is updated is told and changed there', async () => {
  const asked: unknown[] = [];
  const updates: Updates = {
    state: () => ({
      version: '0.1.0',
      offered: '0.2.0',
      doing: 'nothing',
      automatic: false,
      unable: null,
      trouble: null,
      last: null,
    }),
    onChange: () => () => {},
    look: () => void asked.push('look'),
    begin: () => void asked.push('begin'),
    setAutomatic: (automatic) => void asked.push(automatic),
    stop: () => {},
  };
  const other = await startPage({ desk: world.desk(), port: 0, clock: systemClock, log, updates });
  const there = await openPage(other.url);
  expect(await linesOf(await there.live())()).toMatchObject({ updates: { version: '0.1.0', offered: '0.2.0' } });
  for (const step of ['look', 'begin']) expect((await there.act('/update', { step })).status).toBe(204);
  expect((await there.act('/update-automatic', { automatic: true })).status).toBe(204);
  expect(asked).toEqual(['look', 'begin', true]);
  expect((await there.act('/update', { step: 'stop' })).status).toBe(400);
  expect((await there.act('/update', { step: 'begin' }, { headers: { origin: 'https://example.org' } })).status).toBe(
    403,
  );
  expect(asked).toHaveLength(3);
  await other.close();
});

describe('a window of the page', () => {
  test('is told the state of the desk at once, and again when it changes', async () => {
    const next = linesOf(await client.live());
    expect(await next()).toMatchObject({ type: 'state', state: { encoders: [{ prompt: null, forSignedIn: true }] } });
    world.prompt();
    await world.clock.idle();
    expect(await next()).toMatchObject({
      type: 'state',
      state: { encoders: [{ prompt: { serial: SERIAL, kind: 'cancel' } }] },
    });
  });

  test('is one of four at most: a fifth takes the place of the oldest, which is told so', async () => {
    const oldest = linesOf(await client.live());
    const second = linesOf(await client.live());
    await client.live();
    await client.live();
    await oldest();
    await second();
    expect(await linesOf(await client.live())()).toMatchObject({ type: 'state' });
    expect(await oldest()).toEqual({ type: 'elsewhere' });
    expect(await oldest()).toBeUndefined();
    world.prompt();
    await world.clock.idle();
    expect(await second()).toMatchObject({ type: 'state' });
  });

  test('hears every ten seconds that the agent is there, also when nothing changes', async () => {
    const quiet = await startPage({ desk: world.desk(), port: 0, clock: world.clock, log });
    const stream = await (await openPage(quiet.url)).live();
    const lines = createInterface({ input: stream })[Symbol.asyncIterator]();
    await lines.next();
    await world.clock.advance(10_000);
    expect(await lines.next()).toEqual({ done: false, value: '' });
    await quiet.close();
  });

  test('is let go when the page ends', async () => {
    const stream = await client.live();
    stream.resume();
    const ended = once(stream, 'end');
    await page.close();
    await ended;
    await expect(openPage(page.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('signing in', () => {
  const PASSWORD = 'correct horse battery';
  const MD5 = '88e4ddd2402d92d50e1879d6ecd9ffd4';

  test('sends the md5 of the password, and nobody keeps or logs the password', async () => {
    const answering = client.act('/sign-in', { by: 'email', email: ' desk@hotel.example ', password: PASSWORD });
    const { request, password, email, mobile } = await vi.waitFor(() => world.server.take('sign-in'));
    expect({ password, email, mobile }).toEqual({ password: MD5, email: 'desk@hotel.example', mobile: '' });
    world.server.send({ type: 'signed-in', request, member: { name: 'Front Desk' }, message: null });
    const answer = await answering;
    expect(JSON.parse(answer.body)).toEqual({ ok: true, member: 'Front Desk' });
    const seen = [...logged, ...world.log, answer.body, JSON.stringify(world.desk().state())].join('\n');
    expect(seen).not.toContain(PASSWORD);
    expect(seen).not.toContain(MD5);
  });

  test('takes phone numbers as people write them', async () => {
    const form = { by: 'mobile', areaCode: '+86', mobile: '(100) 0000-0000', password: PASSWORD };
    const answering = client.act('/sign-in', form);
    const asked = await vi.waitFor(() => world.server.take('sign-in'));
    expect(asked).toMatchObject({ areaCode: '86', mobile: '10000000000', email: '' });
    world.server.send({ type: 'signed-in', request: asked.request, member: { name: 'Front Desk' }, message: null });
    expect(await answering).toMatchObject({ status: 200 });
  });

  test.each([
    [{ by: 'mobile', areaCode: 'x', mobile: '1', password: PASSWORD }, 'areaCode'],
    [{ by: 'mobile', areaCode: '86', mobile: '', password: PASSWORD }, 'mobile'],
    [{ by: 'email', email: 'desk', password: PASSWORD }, 'email'],
    [{ by: 'email', email: 'desk@hotel.example', password: '' }, 'password'],
  ])('names the field that it does not understand: %j', async (form, field) => {
    const { status, body } = await client.act('/sign-in', form);
    expect({ status, body: JSON.parse(body) }).toEqual({ status: 400, body: { field } });
  });

  test('that fails says why', async () => {
    world.server.cut();
    const { body } = await client.act('/sign-in', { by: 'email', email: 'desk@hotel.example', password: PASSWORD });
    expect(JSON.parse(body)).toMatchObject({ ok: false, cause: 'not-connected' });
  });
});

describe('the language', () => {
  const shown = async (headers: Record<string, string>) =>
    /<html lang="(\w+)">/.exec((await client.get('/', headers)).body)?.[1];

  test.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en;q=0.4, zh-TW;q=0.5', 'zh'],
    ['fr-FR, de;q=0.9', 'en'],
    ['zh;q=0, en', 'en'],
    ['', 'en'],
  ])('of a browser that prefers "%s" is %s', async (accepted, language) => {
    expect(await shown({ 'accept-language': accepted })).toBe(language);
  });

  test('that was chosen is remembered', async () => {
    const { status, headers } = await client.act('/language', { chosen: 'zh' });
    expect(status).toBe(204);
    const [cookie] = headers['set-cookie'] ?? [];
    expect(cookie).toContain('SameSite=Strict');
    expect(await shown({ 'accept-language': 'en', cookie: cookie?.split(';')[0] ?? '' })).toBe('zh');
    expect(await client.act('/language', { chosen: 'xx' })).toMatchObject({ status: 400 });
  });
});

test('a port that another program has is told, and is no reason to fail', async () => {
  const port = Number(new URL(page.url).port);
  const started = await showPage({ desk: world.desk(), port, clock: systemClock, log });
  expect(started).toEqual({ shown: false, port, why: 'taken' });
  expect(logged.join('\n')).toContain('the page is not there');
});

test('the page names the command that examines this desk, whatever its folder is called', async () => {
  const doctor = `npx keyrack agent doctor --data "C:\\desk <1> & 'more'" --pcsc`;
  const other = await startPage({ desk: world.desk(), port: 0, clock: systemClock, log, doctor });
  const html = await (await fetch(other.url)).text();
  await other.close();
  const [, shown = ''] = /data-doctor="([^"]*)"/.exec(html) ?? [];
  expect(shown).not.toMatch(/[<>'"]/);
  expect(shown.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toBe(doctor);
});

test('what else keeps this computer from working is told, once, until it is over', async () => {
  const notice = { cause: 'pcsc-not-running', message: 'The PC/SC service is not running.' };
  let changes = 0;
  world.desk().onChange(() => (changes += 1));
  world.desk().setNotice('service', notice);
  world.desk().setNotice('service', { ...notice });
  expect([world.desk().state().attention, changes]).toEqual([[notice], 1]);
  world.desk().setNotice('service', null);
  world.desk().setNotice('service', null);
  expect([world.desk().state().attention, changes]).toEqual([[], 2]);
});
