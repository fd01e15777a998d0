import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENT_PROTOCOL, journalStart } from '@keyrack/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { readConfig } from './config.ts';
import { offerSetupPage } from './console/setup.ts';
import { type RunningServer, startServer } from './main.ts';
import { readOperatorFile } from './operator/operator-file.ts';
import { FAILURE_LOG_LIMITS } from './runtime/failure-log.ts';
import { recordingLog } from './testing/recording-log.ts';

/** What strangers can make the server write into its log, by every way in: little, and with their address. */

const PROXY = '127.0.0.1';
/** Another computer, whose X-Forwarded-For is worth nothing. */
const NO_PROXY = '127.0.0.9';
const { log, lines } = recordingLog();
let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyrack-log-'));
  const config = readConfig({ PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_TRUSTED_PROXIES: PROXY }, folder);
  server = await startServer(config, log, {
    prepare: async ({ app, ...parts }) => void (await offerSetupPage(app, { ...parts, log })),
  });
});
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

/** One connection past the proxy that sends these bytes and waits for its end. */
function sendBytes(bytes: string): Try {
  return async () => {
    const to = { host: '127.0.0.1', port: Number(new URL(server.url).port), localAddress: NO_PROXY };
    const socket = connect(to);
    socket.on('error', () => {});
    socket.resume();
    socket.end(bytes);
    await once(socket, 'close');
  };
}

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

/** Every way in, and every way to fail there that one packet suffices for. */
const WAYS: readonly (readonly [way: string, attempt: Try, source?: string])[] = [
  ['a request with a wrong signature', (source) => post('/Home/Qrm/cancelCard', 'accountSid=nobody&sig=0', source)],
  ['a request for what is not there', (source) => post('/nowhere', '', source)],
  ['bytes that are no HTTP', sendBytes('hello\r\n\r\n'), NO_PROXY],
  ['the set-up page with a wrong token', (source) => post('/setup', 'token=wrong', source)],
  ['an agent that says no JSON', agents('hello')],
  ['an agent that says bytes', sayToAgents(Buffer.from([1, 2, 3]))],
  ['an agent that speaks another version', agents({ ...HELLO, protocol: 99 })],
  ['an agent that nobody knows', agents(HELLO)],
  ['an agent that catches up before its hello', agents({ type: 'catch-up', records: [], inProgress: [] })],
  ['an agent with a wrong pairing code', agents(PAIR)],
  ['an agent that says too much', agents('x'.repeat(17 * 1024))],
  [
    "an operator's command with a wrong token",
    async () => {
      const { port } = (await readOperatorFile(folder)) ?? { port: 0 };
      const headers = { authorization: 'Bearer wrong' };
      return fetch(`http://127.0.0.1:${port}/backup`, { method: 'POST', headers }).then((each) => each.text());
    },
    PROXY,
  ],
];

const { burst } = FAILURE_LOG_LIMITS.perSource;
const TRIES = 3 * burst;

test.each(WAYS.map(([way, attempt, source], i) => ({ way, attempt, source: source ?? `198.51.100.${1 + i}` })))(
  '$way leaves a few lines with its address, and no more however often it is tried',
  async ({ attempt, source }) => {
    const before = lines.length;
    const began = performance.now();
    for (let n = 0; n < TRIES; n += 1) await attempt(source);
    const written = lines.slice(before).filter(({ dropped }) => dropped === undefined);
    const regained = ((performance.now() - began) / 60_000) * FAILURE_LOG_LIMITS.perSource.perMinute;
    expect(new Set(written.map((line) => String(line.source).replace('::ffff:', '')))).toEqual(new Set([source]));
    expect(written.length).toBeLessThanOrEqual(burst + Math.ceil(regained));
  },
);
