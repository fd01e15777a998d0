import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Check,
  examineDesk,
  type ObstacleCause,
  obstacleText,
  startAgent,
  systemClock,
  webSocketTransportBy,
} from '@keyrack/agent';
import { LANGUAGE_TEXTS } from '@keyrack/agent/page/language-texts.ts';
import { agentId } from '@keyrack/protocol';
import { recordingLog } from '@keyrack/server/testing/recording-log.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { scratchFolder } from '../world/scratch.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';
import { type Strangers, startStrangers } from './testing/strangers.ts';

/** Everything that may stand at the address of a server instead of it, and what agent, page and doctor say. */

interface WrongThing {
  readonly cause: ObstacleCause;
  /** In what was found, and in what to do about it. */
  readonly says: RegExp;
  readonly todo: RegExp;
  /** What the doctor says of the clock; that the server's time is unknown, unless told. */
  readonly clock?: RegExp;
  /** Nothing comes, so that the limits must pass: they do forty times as fast. */
  readonly silent?: true;
  readonly start: (strangers: Strangers, property: TestProperty) => Promise<{ address: string; proxy?: URL }>;
}

const UNKNOWN = /^the server's time is unknown/;
const PROXY_PAGE = /see docs\/reverse-proxy\.md/i;

const WRONG: Readonly<Record<string, WrongThing>> = {
  'a proxy that leaves the WebSocket out': {
    cause: 'no-upgrade',
    says: /^the Keyrack server at .* a proxy in front of it doesn't pass on the Upgrade header \(HTTP 426, application\/json\)$/,
    todo: /Set the proxy up as docs\/reverse-proxy\.md says/,
    clock: /^agrees with the server's$/,
    start: (at, property) => at.http(at.passOnWithoutUpgrade(property.url)),
  },
  'a web page': {
    cause: 'web-page',
    says: /^a web page answers at 127.0.0.1:\d+ instead of Keyrack \(HTTP 200, text\/html, Apache\/2.4\)$/,
    todo: PROXY_PAGE,
    start: (at) => at.http(at.page(200, { 'content-type': 'text/html; charset=utf-8', server: 'Apache/2.4' })),
  },
  'a web page that says that nothing is there': {
    cause: 'web-page',
    says: /\(HTTP 404, text\/html, nginx\)$/,
    todo: PROXY_PAGE,
    start: (at) => at.http(at.page(404, { 'content-type': 'text/html', server: 'nginx' })),
  },
  'a page that never ends': {
    cause: 'web-page',
    says: /\(HTTP 200, text\/html\)$/,
    todo: PROXY_PAGE,
    start: (at) => at.http(at.endlessPage()),
  },
  'the log-in page of a network, by redirect': {
    cause: 'redirect',
    says: /sends on to http:\/\/portal.hotel.example \(HTTP 302\), and redirects aren't followed$/,
    todo: /Where this network has a log-in page, log in with a browser/,
    start: (at) => at.http(at.page(302, { location: 'http://guest:pw@portal.hotel.example/login?token=s3cret' })),
  },
  'a redirect to an address that is none': {
    cause: 'redirect',
    says: /sends on to another address \(HTTP 301\)/,
    todo: /Name the address of Keyrack itself, ws:\/\/127.0.0.1:\d+\/agent/,
    start: (at) => at.http(at.page(301, { location: 'javascript:alert(1)' })),
  },
  'the log-in page of a network, by its own status': {
    cause: 'network-log-in',
    says: /^this network wants a log-in first \(HTTP 511, text\/html\)$/,
    todo: /log in with a browser on this computer/,
    start: (at) => at.http(at.page(511, { 'content-type': 'text/html' })),
  },
  ...Object.fromEntries(
    [502, 503, 504].map((status) => [
      `a proxy whose server is away, ${status}`,
      {
        cause: 'behind-down',
        says: new RegExp(`the server behind it is away \\(HTTP ${status}, text/html, nginx\\)$`),
        todo: /Start the Keyrack server/,
        start: (at) => at.http(at.page(status, { 'content-type': 'text/html', server: 'nginx' })),
      } satisfies WrongThing,
    ]),
  ),
  ...Object.fromEntries(
    [401, 403].map((status) => [
      `a proxy that wants a log-in of its own, ${status}`,
      {
        cause: 'access-refused',
        says: new RegExp(`refuses access before Keyrack is asked \\(HTTP ${status}\\)$`),
        todo: /must let \/agent through without a log-in/,
        start: (at) => at.http(at.page(status, { 'www-authenticate': 'Basic realm="admin"' })),
      } satisfies WrongThing,
    ]),
  ),
  'another server': {
    cause: 'other-server',
    says: /^another server than Keyrack answers at 127.0.0.1:\d+ \(HTTP 404, application\/json, Jetty\(9.4\)\)$/,
    todo: PROXY_PAGE,
    start: (at) => at.http(at.page(404, { 'content-type': 'application/json', server: 'Jetty(9.4)' })),
  },
  'a server that calls itself what nobody should repeat': {
    cause: 'other-server',
    says: /^another server than Keyrack answers at 127.0.0.1:\d+ \(HTTP 200\)$/,
    todo: PROXY_PAGE,
    start: (at) => at.raw('HTTP/1.1 200 OK\r\nServer: \xe9<b>\r\nContent-Type: <i>/\xe9\r\nContent-Length: 0\r\n\r\n'),
  },
  'Keyrack at another path': {
    cause: 'other-path',
    says: /^no agents are served at the path \/keyrack of 127.0.0.1:\d+ \(HTTP 404/,
    todo: /^Name the server as ws:\/\/127.0.0.1:\d+\/agent\.$/,
    start: async (_at, property) => ({ address: `${property.url.replace('http', 'ws')}/keyrack` }),
  },
  'a WebSocket of another program': {
    cause: 'not-keyrack',
    says: /no Keyrack server speaks on it \(a message that is not JSON\)$/,
    todo: /another program has it/,
    start: (at) => at.webSocket('welcome to the chat'),
  },
  'a WebSocket that says nothing': {
    cause: 'not-keyrack',
    says: /no Keyrack server speaks on it \(it says nothing\)$/,
    todo: /another program has it/,
    silent: true,
    start: (at) => at.webSocket(null),
  },
  'what only seems to open a WebSocket': {
    cause: 'not-keyrack',
    says: /no Keyrack server speaks on it \(Invalid Sec-WebSocket-Accept header\)$/,
    todo: /another program has it/,
    start: (at) =>
      at.raw(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
      ),
  },
  nothing: {
    cause: 'nobody-listens',
    says: /^nobody listens at 127.0.0.1:\d+ \(ECONNREFUSED\)$/,
    todo: /that the server runs/,
    start: (at) => at.nobody(),
  },
  'something that never answers': {
    cause: 'address-silent',
    says: /^127.0.0.1:\d+ doesn't answer$/,
    todo: /a firewall, or a proxy that must be named/,
    silent: true,
    start: (at) => at.raw(null),
  },
  'something that hangs up': {
    cause: 'broken-off',
    says: /ends the connection without an answer/,
    todo: /a firewall may cut it off/,
    start: (at) => at.raw(''),
  },
  'something that is no HTTP': {
    cause: 'not-http',
    says: /doesn't speak HTTP \(HPE_/,
    todo: /Check the address with its port/,
    start: (at) => at.raw('SSH-2.0-OpenSSH_9.2p1\r\n'),
  },
  'plain HTTP where TLS should be': {
    cause: 'no-tls',
    says: /^127.0.0.1:\d+ doesn't speak TLS$/,
    todo: PROXY_PAGE,
    start: async (_at, property) => ({ address: `${property.url.replace('http', 'wss')}/agent` }),
  },
  'TLS where plain text was expected': {
    cause: 'broken-off',
    says: /ends the connection without an answer/,
    todo: /If TLS is spoken there, name it as wss:/,
    start: async (at) => ({ address: (await at.tls('localhost')).address.replace('wss:', 'ws:') }),
  },
  'a certificate of a CA that nobody knows': {
    cause: 'certificate-unknown',
    says: /comes from nobody whom this computer trusts/,
    todo: /--ca-file/,
    start: (at) => at.tls('localhost'),
  },
  'a proxy that wants a password': {
    cause: 'proxy-log-in',
    says: /^the proxy http:\/\/127.0.0.1:\d+ wants another user and password \(HTTP 407\)$/,
    todo: /USER:PASSWORD/,
    start: (at) => at.connectProxy({ type: 'lets-through', credentials: 'desk:s3cret' }),
  },
  'a proxy that refuses': {
    cause: 'proxy-refuses',
    says: /^the proxy http:\/\/127.0.0.1:\d+ refuses the connection \(HTTP 403\)$/,
    todo: /Ask who runs it/,
    start: (at) => at.connectProxy({ type: 'refuses' }),
  },
};

/** What only these causes may blame. */
const BLAMED: Partial<Record<ObstacleCause, RegExp>> = {
  'no-upgrade': /firewall/,
  'certificate-unknown': /firewall/,
  'address-silent': /certificate/,
  'broken-off': /certificate/,
};

let template: Template;
let property: TestProperty;
let strangers: Strangers;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  template = await makeTemplate();
  property = await openProperty(template);
  strangers = startStrangers();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await strangers.close();
});
afterAll(async () => {
  await property.close();
  template.remove();
});

/** A clock that runs that many times as fast. */
function hastened(times: number): typeof systemClock {
  return {
    ...systemClock,
    monotonic: () => systemClock.monotonic() * times,
    setTimeout: (run, ms) => systemClock.setTimeout(run, ms / times),
  };
}

describe.each(Object.entries(WRONG))('where %s is', (_name, { cause, says, todo, clock = UNKNOWN, silent, start }) => {
  const time = silent === true ? hastened(40) : systemClock;

  test('agent and page say what it is and what to do', async () => {
    const { address, proxy } = await start(strangers, property);
    const { log, lines } = recordingLog();
    const folder = scratchFolder();
    ends.push(folder.remove);
    const agent = await startAgent({
      server: address,
      folder: folder.path,
      agent: agentId.parse(randomUUID()),
      token: 'A'.repeat(43),
      encoders: [],
      log,
      parts: { encoders: [], clock: time, transport: webSocketTransportBy({ proxy }) },
    });
    ends.push(agent.stop);
    const why = await until('it is told', () => {
      const { connection } = agent.desk.state();
      return connection.status === 'waiting' && connection.why;
    });
    expect(why).toEqual({
      cause,
      found: expect.stringMatching(says),
      todo: expect.stringMatching(todo),
      answer: expect.any(String),
    });
    const text = obstacleText(why);
    expect(text).not.toMatch(BLAMED[cause] ?? /firewall|certificate/);
    expect(text).not.toMatch(/s3cret|[^\x20-\x7e…→]|[<>]/);
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: 'not connected', cause, why: why.found, todo: why.todo }),
    );
    // The page shows the sentences above in English, and this one in Chinese.
    expect(LANGUAGE_TEXTS.zh.obstacles[cause]).toMatch(/[\u4e00-\u9fff]/);
  });

  test('doctor says it too, and judges no clock but that of a Keyrack server', async () => {
    const { address, proxy } = await start(strangers, property);
    const folder = scratchFolder();
    ends.push(folder.remove);
    const findings = await examineDesk({
      folder: folder.path,
      journal: join(folder.path, 'journal'),
      enrolled: true,
      server: address,
      route: { proxy },
      readers: null,
      clock: time,
    });
    const of = (check: Check) => findings.find((finding) => finding.check === check);
    expect(of('server')).toEqual({
      check: 'server',
      found: expect.stringMatching(new RegExp(`^no connection to ${address}: `)),
      todo: expect.stringMatching(todo),
    });
    expect(of('server')?.found.slice(`no connection to ${address}: `.length)).toMatch(says);
    expect(of('clock')?.found).toMatch(clock);
  });
});

test('the terminal says it too, of an agent and of a pairing', async () => {
  const page = { 'content-type': 'text/html', server: 'Apache' };
  const { address } = await strangers.http(strangers.page(200, page));
  const folder = keyrackFolder();
  const token = join(folder, 'token');
  writeFileSync(token, 'A'.repeat(43), { mode: 0o600 });
  const common = [
    'agent',
    '--server',
    address,
    '--data',
    folder,
    '--sim-encoder',
    '7C778A6C7D9C',
    '--page-port',
    'off',
  ];
  const agent = keyrack([...common, '--id', randomUUID(), '--token-file', token], {});
  const said =
    /a web page answers at 127.0.0.1:\d+ instead of Keyrack \(HTTP 200, text\/html, Apache\)\. Check the address;/;
  expect(await agent.says('not connected: ')).toMatch(said);
  agent.child.kill('SIGTERM');
  await agent.ended;

  const pairing = await keyrack([...common, '--pair', 'ABCD2345'], {}).ended;
  expect(pairing.code).toBe(1);
  expect(pairing.err).toMatch(new RegExp(`^Not paired with ${address}: ${said.source}`));
});
