import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENT_PROTOCOL, journalStart } from '@keyrack/protocol';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { readConfig } from './config.ts';
import { handClock } from './dispatch/testing/hand-clock.ts';
import { type RunningServer, startServer } from './main.ts';
import { FAILURE_LOG_LIMITS } from './runtime/failure-log.ts';
import { offerSetUp } from './runtime/offer-set-up.ts';
import { recordingLog } from './testing/recording-log.ts';

/** What strangers can make the server write into its log, by every way in: little, and with their address. */

const PROXY = '127.0.0.1';
const { log, lines } = recordingLog();
const clock = handClock();
let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyrack-log-'));
  const config = readConfig({ PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_TRUSTED_PROXIES: PROXY }, folder);
  server = await startServer(config, log, {
    clock,
    prepare: async ({ run }) => void (await offerSetUp(run)),
  });
});
// By then every source may fail as often as the first time.
afterEach(() => clock.advance(10 * 60_000));
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

type Try = (source: string) => Promise<unknown>;

const from = (source: string) => ({ 'x-forwarded-for': source });
const post = (path: string, body: string, source: string) =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...from(source) },
    body,
  }).then((answer) => answer.arrayBuffer());

/** One connection on the agents' way that says this and waits for its end. */
function sayToAgents(said: string | Buffer): Try {
  return async (source) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/agent`, { headers: from(source) });
    socket.on('message', () => {});
    socket.on('error', () => {});
    socket.once('open', () => socket.send(said));
    await once(socket, 'close');
  };
}

/** One connection that sends these bytes and waits for its end. */
function sendBytes(...bytes: readonly (string | Buffer)[]): Try {
  return async (source) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    for (const each of bytes) socket.write(typeof each === 'string' ? each.replace('SOURCE', source) : each);
    await once(socket, 'close');
  };
}

/** How a WebSocket begins. */
const handshake = (version: number) =>
  [
    'GET /agent HTTP/1.1',
    'Host: keyrack.example',
    'X-Forwarded-For: SOURCE',
    'Connection: Upgrade',
    'Upgrade: websocket',
    `Sec-WebSocket-Version: ${version}`,
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    '',
    '',
  ].join('\r\n');
/** Not masked, which a server may not take from a client. */
const FORBIDDEN_FRAME = Buffer.from([0x81, 0x01, 0x78]);

const position = journalStart(randomUUID() as never);
const HELLO = {
  type: 'hello',
  protocol: AGENT_PROTOCOL,
  agent: randomUUID(),
  proof: { by: 'token', token: 't'.repeat(43) },
  instance: randomUUID(),
  software: 'test',
  journal: { id: randomUUID(), head: position },
  acknowledged: null,
  encoders: [],
};
const PAIR = { type: 'pair', protocol: AGENT_PROTOCOL, code: 'ABCDEFGH', publicKey: 'k'.repeat(43), name: 'Desk' };
const agents = (message: object | string): Try =>
  sayToAgents(typeof message === 'string' ? message : JSON.stringify(message));

const wrongSetUp: Try = (source) =>
  fetch(`${server.url}/v1/set-up`, {
    method: 'POST',
    headers: { ...from(source), 'content-type': 'application/json' },
    body: JSON.stringify({
      token: 'wrong',
      owner: { name: 'Ada', email: 'ada@example.com', password: 'correct horse' },
      property: { name: 'Hotel', timeZone: 'Europe/Berlin' },
    }),
  });

/** Every way in, and every way to fail there that one packet suffices for. */
const WAYS: readonly (readonly [way: string, attempt: Try, source?: string])[] = [
  ['a request with a wrong signature', (source) => post('/Home/Qrm/cancelCard', 'accountSid=nobody&sig=0', source)],
  ['a request for what is not there', (source) => post('/nowhere', '', source)],
  // Nobody knows who sent them but the proxy.
  ['bytes that are no HTTP', sendBytes('hello\r\n\r\n'), PROXY],
  ['an agent of another time', sendBytes(handshake(7))],
  ['an agent that breaks the rules of WebSockets', sendBytes(handshake(13), FORBIDDEN_FRAME)],
  ['a set-up with a wrong token', wrongSetUp],
  ['an agent that says no JSON', agents('hello')],
  ['an agent that says bytes', sayToAgents(Buffer.from([1, 2, 3]))],
  ['an agent that speaks another version', agents({ ...HELLO, protocol: 99 })],
  ['an agent that nobody knows', agents(HELLO)],
  ['an agent that catches up before its hello', agents({ type: 'catch-up', records: [], inProgress: [] })],
  ['an agent with a wrong pairing code', agents(PAIR)],
  ['an agent that says too much', agents('x'.repeat(17 * 1024))],
];

const { burst } = FAILURE_LOG_LIMITS.perSource;
const TRIES = 3 * burst;

test.each(WAYS.map(([way, attempt, source], i) => ({ way, attempt, source: source ?? `198.51.100.${1 + i}` })))(
  '$way leaves a few lines with its address, and no more however often it is tried',
  async ({ attempt, source }) => {
    const before = lines.length;
    for (let n = 0; n < TRIES; n += 1) await attempt(source);
    const written = lines.slice(before).filter(({ dropped }) => dropped === undefined);
    expect(new Set(written.map((line) => String(line.source).replace('::ffff:', '')))).toEqual(new Set([source]));
    expect(written).toHaveLength(burst);
  },
);
