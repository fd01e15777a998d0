import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request as requestPlain } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { examineDesk, type Obstacle, systemClock, type Transport, webSocketTransportBy } from '@keyrack/agent';
import { createTestAuthority } from '@keyrack/agent/testing/certificates.ts';
import { startConnectProxy } from '@keyrack/agent/testing/connect-proxy.ts';
import { pairFolder } from '@keyrack/cli/agent-pairing.ts';
import { AGENT_LIMITS } from '@keyrack/protocol';
import { readConfig } from '@keyrack/server/config.ts';
import { PAIRING_GUESSES } from '@keyrack/server/domain/limits.ts';
import { HTTP_LIMITS } from '@keyrack/server/http/limits.ts';
import { FORM_LIMITS } from '@keyrack/server/roomcard/form.ts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ownerOf } from '../world/owner.ts';
import { CANCEL, SUCCESS, signed } from '../world/room-card-client.ts';
import { scratchFolder } from '../world/scratch.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';
import { blockIn, blocksOf, readDocument } from './testing/document.ts';
import { commandsOf, wordsOf } from './testing/printed-commands.ts';
import { CADDY, NGINX, type ProxyKind, programOf, type RunningProxy, runProxy } from './testing/run-proxy.ts';

/** docs/reverse-proxy.md: its configurations in a real nginx and a real Caddy, before a real server. */

const page = readDocument('docs/reverse-proxy.md');
/** The name in the document. */
const HOST = 'keys.example.com';
const [settings] = blocksOf(page).filter(({ text }) => text.startsWith('KEYRACK_'));
const authority = createTestAuthority('Hotel CA');

let template: Template;
beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());

describe.each([NGINX, CADDY])('$name, set up as docs/reverse-proxy.md says', (kind) => {
  const tests = () => describeProxy(kind);
  if (programOf(kind.name) === null) describe.skip(`(needs ${kind.name}: apt-get install ${kind.package})`, tests);
  else describe('', tests);
});

function describeProxy(kind: ProxyKind): void {
  const scratch = scratchFolder();
  const configuration = blockIn(page, kind.language);
  let property: TestProperty;
  let proxy: RunningProxy & { effective(): string };
  /** From the names of the document to the ports of this test. */
  let names: Awaited<ReturnType<typeof startConnectProxy>>;

  const placeBefore = (url: string, folder: string) => ({
    folder: join(scratch.path, folder),
    port: Number(new URL(url).port),
    ...authority.certify(HOST),
  });

  beforeAll(async () => {
    property = await openProperty(template, { env: parseEnv(settings?.text ?? '') as Record<string, string> });
    proxy = await runProxy(kind, configuration, placeBefore(property.url, 'proxy'));
    names = await startConnectProxy({ type: 'lets-through' }, { port: proxy.httpsPort });
  });
  afterAll(async () => {
    await property.close();
    await names.close();
    await proxy.stop();
    scratch.remove();
  });

  const route = () => ({ ca: authority.certificate, proxy: new URL(names.url) });

  /** How an agent at that address gets to the server. */
  async function wayFrom(from: string) {
    const way = await startConnectProxy({ type: 'lets-through' }, { port: proxy.httpsPort, from });
    onTestFinished(way.close);
    return webSocketTransportBy({ ...route(), proxy: new URL(way.url) });
  }

  const pairBy = (transport: Transport, code: string) =>
    pairFolder(
      { folder: join(scratch.path, randomUUID()), server: `wss://${HOST}/agent`, code, known: null },
      transport,
    );

  /** A request of a client at that address, over TLS. */
  async function ask(path: string, { form, from = '127.0.0.9', headers = {}, port = proxy.httpsPort }: Asked = {}) {
    const sent = request({
      host: '127.0.0.1',
      port,
      servername: HOST,
      ca: authority.certificate,
      localAddress: from,
      agent: false,
      path,
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        host: HOST,
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
    });
    sent.end(form);
    return answerOf(sent);
  }

  test('a desk pairs over wss, and the published cancel is answered over https', async () => {
    const { code, command } = await pairingCode(property);
    const [, address = ''] = /--server (\S+)/.exec(command) ?? [];
    expect(address).toBe(`wss://${HOST}/agent`);
    const transport = webSocketTransportBy(route());
    expect(
      await pairFolder({ folder: join(scratch.path, 'paired'), server: address, code, known: null }, transport),
    ).toMatchObject({
      property: property.hotel.property.name,
    });

    const desk = await property.openDesk({ address, parts: { transport } });
    expect(await ask('/Home/Qrm/cancelCard', { form: signed(CANCEL) })).toMatchObject({ status: 200, body: SUCCESS });
    expect(desk.agent.desk.state().connection.status).toBe('online');
  });

  test('the doctor finds nothing wrong with the way', async () => {
    const findings = await examineDesk({
      folder: scratch.path,
      journal: join(scratch.path, 'journal'),
      enrolled: true,
      server: `wss://${HOST}/agent`,
      route: route(),
      readers: null,
      clock: systemClock,
    });
    const ofWay = findings.filter(({ check }) => check === 'server' || check === 'clock');
    expect(ofWay).toMatchObject([{ todo: null }, { found: "agrees with the server's", todo: null }]);
  });

  test('a client’s own address is in the log, whatever it claims, on every way in', async () => {
    const from = '127.0.0.7';
    const headers = { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=192.0.2.1', 'x-real-ip': '192.0.2.1' };
    const wrong = signed(CANCEL).replace(/sig=.{4}/, 'sig=0000');
    await ask('/Home/Qrm/cancelCard', { form: wrong, from, headers });
    expect(property.lines.at(-1)).toMatchObject({ source: from, endpoint: 'cancelCard' });

    const wayOf = await wayFrom('127.0.0.8');
    await expect(pairBy(wayOf, 'AAAA2222')).rejects.toThrow('not valid');
    await until('it is logged', () => property.lines.some(({ source }) => source === '127.0.0.8'));
  });

  test('a client that guesses is closed out, and no other', async () => {
    const guesser = await wayFrom('127.0.0.6');
    for (let i = 0; i < PAIRING_GUESSES.perWay.failures; i += 1) {
      await expect(pairBy(guesser, `AAAA${3000 + i}`)).rejects.toThrow('not valid');
    }
    const { code } = await pairingCode(property);
    await expect(pairBy(guesser, code)).rejects.toThrow(/too many/i);
    expect(await pairBy(await wayFrom('127.0.0.5'), code)).toMatchObject({ property: property.hotel.property.name });
  });

  test('a body of 16 KiB goes through, and more is refused by Keyrack in words that clients understand', async () => {
    const fits = await ask('/Home/Qrm/cancelCard', { form: signed(CANCEL).padEnd(FORM_LIMITS.bytes, '&') });
    expect(fits.headers['x-request-id']).toBeDefined();
    expect(fits.status).not.toBe(413);
    const tooMuch = await ask('/Home/Qrm/cancelCard', { form: 'x'.repeat(FORM_LIMITS.bytes + 1) });
    expect([tooMuch.status, JSON.parse(tooMuch.body)]).toMatchObject([413, { status: 413 }]);
  });

  test('paths and queries go on as they came', async () => {
    const doubled = await ask('//Home//Qrm/cancelCard', { form: 'sig=0' });
    expect(JSON.parse(doubled.body)).toMatchObject({ status: 400, message: expect.stringContaining('missing') });
    expect(JSON.parse((await ask('/?c=Qrcode&a=getBox')).body)).toMatchObject({ status: 501 });
  });

  test('old requests over plain HTTP are sent on to TLS', async () => {
    const sent = requestPlain({ host: '127.0.0.1', port: proxy.httpPort, path: '/healthz', headers: { host: HOST } });
    sent.end();
    const { status, headers } = await answerOf(sent);
    expect([301, 308]).toContain(status);
    expect(String(headers.location)).toMatch(new RegExp(`^https://${HOST}(:\\d+)?/healthz$`));
  });

  test('events go out as they come', async () => {
    const events = createServer((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
      outgoing.write('data: first\n\n');
    }).listen(0, '127.0.0.1');
    await once(events, 'listening');
    const url = `http://127.0.0.1:${(events.address() as AddressInfo).port}`;
    const before = await runProxy(kind, configuration, placeBefore(url, 'events'));
    onTestFinished(async () => {
      events.closeAllConnections();
      events.close();
      await before.stop();
    });
    const sent = request({
      host: '127.0.0.1',
      port: before.httpsPort,
      servername: HOST,
      ca: authority.certificate,
      headers: { host: HOST },
    });
    sent.end();
    const [response] = await once(sent, 'response');
    // The answer never ends: it is here before, or not at all.
    expect(String((await once(response, 'data'))[0])).toBe('data: first\n\n');
    sent.destroy();
  });

  test('while Keyrack is away, an agent is told that it is the server behind the proxy', async () => {
    const before = await runProxy(kind, configuration, placeBefore('http://127.0.0.1:1', 'away'));
    onTestFinished(before.stop);
    const way = await startConnectProxy({ type: 'lets-through' }, { port: before.httpsPort });
    onTestFinished(way.close);
    expect(await obstacleOn(way.url)).toMatchObject({
      cause: 'behind-down',
      answer: expect.stringMatching(/^HTTP 502/),
    });
  });

  // Caddy passes WebSockets on whatever its configuration says.
  if (kind === NGINX)
    test('without the part for agents, the agent says which header is missing', async () => {
      const [without] = configuration.split(/^ *# Agents keep a WebSocket open/m);
      const before = await runProxy(kind, `${without}}`, placeBefore(property.url, 'without'));
      onTestFinished(before.stop);
      const way = await startConnectProxy({ type: 'lets-through' }, { port: before.httpsPort });
      onTestFinished(way.close);
      const why = await obstacleOn(way.url);
      expect(why).toMatchObject({ cause: 'no-upgrade', todo: expect.stringContaining('docs/reverse-proxy.md') });
    });

  test('what the page tells to look at looks as it says', async () => {
    const caFile = join(scratch.path, 'ca.pem');
    writeFileSync(caFile, authority.certificate);
    const env = { PATH: process.env.PATH, https_proxy: names.url, CURL_CA_BUNDLE: caFile };
    const [health, agents, ...more] = await Promise.all(
      commandsOf(page).map(async (command) => {
        const [program = '', ...args] = wordsOf(command);
        return JSON.parse((await promisify(execFile)(program, args, { env })).stdout);
      }),
    );
    expect(health).toEqual({ alive: true });
    expect(agents).toMatchObject({ info: 'Upgrade required', keyrack: { time: expect.any(Number) } });
    expect(more).toEqual([]);
  });

  test('idle connections to Keyrack are closed by the proxy, and not under its hands by Keyrack', () => {
    const idleMs = idleLimitOf(kind, proxy.effective());
    expect(idleMs).toBeGreaterThan(0);
    expect(idleMs + 10_000).toBeLessThanOrEqual(HTTP_LIMITS.keepAliveMs);
  });

  test('no wait for a card is too long for it, and no agent too quiet', () => {
    const longest = 900;
    const wait = (seconds: number) => readConfig({ KEYRACK_ANSWER_WAIT_SECONDS: String(seconds) }, '.').waits.answerMs;
    expect(() => wait(longest + 1)).toThrow();
    const limits = readLimitsOf(kind, proxy.effective());
    expect(limits.requests).toBeGreaterThan(wait(longest));
    expect(limits.agents).toBeGreaterThanOrEqual(AGENT_LIMITS.heartbeatMs * 3);
  });

  test('no query is in its log, where a signature may stand', async () => {
    await ask('/Home/Records/fetchRoomInfo?sig=0123456789abcdef', { form: 'accountSid=x' });
    await ask('/healthz?sig=0123456789abcdef');
    expect(proxy.logs()).not.toContain('0123456789abcdef');
  });
}

/** What keeps an agent from its server by this way. */
function obstacleOn(way: string): Promise<Obstacle> {
  const transport = webSocketTransportBy({ ca: authority.certificate, proxy: new URL(way) });
  return new Promise((closed) => {
    transport.connect(`wss://${HOST}/agent`, { opened: () => {}, received: () => {}, closed });
  });
}

async function pairingCode({ folders, hotel }: TestProperty): Promise<{ code: string; command: string }> {
  const made = await ownerOf(folders.server).agents.createPairingCode({ property: hotel.property.number });
  return { code: made.code ?? '', command: made.command ?? '' };
}

/** How long the proxy keeps an idle connection to Keyrack, by its configuration. Milliseconds. */
function idleLimitOf({ name }: ProxyKind, effective: string): number {
  if (name === 'nginx') return secondsIn(/upstream keyrack \{[^}]*keepalive_timeout (\w+);/s, effective) * 1000;
  return Number(/"keep_alive":\{"idle_timeout":(\d+)\}/.exec(effective)?.[1]) / 1_000_000;
}

/** How long it waits for what comes from Keyrack, by its configuration. Milliseconds. */
function readLimitsOf({ name }: ProxyKind, effective: string): { requests: number; agents: number } {
  if (name === 'nginx') {
    return {
      requests: secondsIn(/location \/ \{[^}]*proxy_read_timeout (\w+);/s, effective) * 1000,
      agents: secondsIn(/location = \/agent \{[^}]*proxy_read_timeout (\w+);/s, effective) * 1000,
    };
  }
  // Caddy waits for ever, unless one of these is set.
  const none = !/timeout"/.test(effective.replace('idle_timeout', ''));
  return none ? { requests: Number.POSITIVE_INFINITY, agents: Number.POSITIVE_INFINITY } : { requests: 0, agents: 0 };
}

function secondsIn(pattern: RegExp, text: string): number {
  const [, number, unit] = /^(\d+)([sm])$/.exec(pattern.exec(text)?.[1] ?? '') ?? [];
  return Number(number) * (unit === 'm' ? 60 : 1);
}

interface Asked {
  readonly form?: string;
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly port?: number;
}

async function answerOf(sent: ReturnType<typeof request>) {
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { status: response.statusCode as number, headers: response.headers as IncomingHttpHeaders, body };
}
