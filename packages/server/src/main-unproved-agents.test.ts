import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AGENT_PROTOCOL,
  type AgentId,
  type JournalId,
  journalStart,
  OLDEST_AGENT_PROTOCOL,
  type ServerMessage,
} from '@keyrack/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { readConfig } from './config.ts';
import { handClock } from './dispatch/testing/hand-clock.ts';
import { STRANGERS } from './domain/limits.ts';
import { type RunningServer, startServer } from './main.ts';
import { recordingLog } from './testing/recording-log.ts';

/**
 * What whoever has proved nothing can take on the agents' way, on a real listener: bytes, time and places. The server's
 * clock stands still but where a test lets time pass, so that it is the bytes that end a connection, or the time.
 */

const PROXY = '127.0.0.1';
const PLACES = { perSource: 3, overall: 6, waitingPerSource: 4, waitingOverall: 6 };
const TOKEN = 't'.repeat(43);
const PROPERTY = 'property';
/** What a busy machine takes to notice an end. */
const SOON = { timeout: 10_000 };

const { log, lines } = recordingLog();
const clock = handClock();
const opened: Socket[] = [];
/** The server's ends of the connections, by the port of their clients. */
const accepted = new Map<number, Socket>();
const agents: WebSocket[] = [];
let folder: string;
let server: RunningServer;
let listener: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyrack-unproved-'));
  const config = readConfig({ PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_TRUSTED_PROXIES: PROXY }, folder);
  server = await startServer(config, log, {
    clock,
    unproved: PLACES,
    prepare: async ({ app }) => {
      listener = app.server;
      listener.on('connection', (socket: Socket) => accepted.set(socket.remotePort ?? 0, socket));
    },
  });
  await server.run('putRows', {
    rows: [
      {
        table: 'properties',
        row: { id: PROPERTY, number: '1', name: 'Inn', timeZone: 'UTC', cardKeys: [] },
      },
    ],
    onlyIfEmpty: false,
  });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  for (const socket of agents.splice(0)) socket.terminate();
  await expect.poll(connections, SOON).toBe(0);
});

const connections = () =>
  new Promise<number>((resolve, reject) =>
    listener.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
  );

/** One connection as the test's end of it sees it. */
interface Stranger {
  readonly socket: Socket;
  /** Bytes of it that the server has read. */
  bytesRead(): number;
  /** All that was received, as text. */
  received(): string;
  isAnswered(): boolean;
  isOver(): boolean;
}

/** Asks for a WebSocket in the name of a source, by bytes. The connection keeps its own half open when the other ends. */
async function stranger(source = '198.51.100.1', behind: Uint8Array = Buffer.alloc(0)): Promise<Stranger> {
  const { port } = listener.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let received = '';
  let isOver = false;
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
  });
  socket.on('end', () => {
    isOver = true;
  });
  socket.on('close', () => {
    isOver = true;
  });
  opened.push(socket);
  await once(socket, 'connect');
  const lines = [
    'GET /agent HTTP/1.1',
    'Host: keyrack.example',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    `X-Forwarded-For: ${source}`,
    '',
    '',
  ];
  socket.write(Buffer.concat([Buffer.from(lines.join('\r\n')), behind]));
  const { localPort = 0 } = socket;
  return {
    socket,
    bytesRead: () => accepted.get(localPort)?.bytesRead ?? 0,
    received: () => received,
    isAnswered: () => received.startsWith('HTTP/1.1 101'),
    isOver: () => isOver,
  };
}

/** One that was answered, and so takes a place. */
async function answered(source?: string): Promise<Stranger> {
  const one = await stranger(source);
  await expect.poll(one.isAnswered, SOON).toBe(true);
  return one;
}

/** A masked frame (RFC 6455, 5.2), whole or in so far as `sent` goes. */
function frame(opcode: number, payload: Uint8Array, { end = true, says = payload.length, reserved = 0 } = {}): Buffer {
  const head = Buffer.alloc(says < 126 ? 2 : says < 65_536 ? 4 : 10);
  head[0] = (end ? 0x80 : 0) | (reserved << 4) | opcode;
  head[1] = 0x80 | (says < 126 ? says : says < 65_536 ? 126 : 127);
  if (says >= 65_536) head.writeBigUInt64BE(BigInt(says), 2);
  else if (says >= 126) head.writeUInt16BE(says, 2);
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

const TEXT = 1;
const REST = 0;
const PING = 9;
const PONG = 10;
const CLOSE = 8;
const MUCH = STRANGERS.bytes + 10_000;
const bytes = (count: number) => Buffer.alloc(count, 'x');
const repeat = (part: Buffer, total = MUCH) =>
  Buffer.concat(Array.from({ length: Math.ceil(total / part.length) }, () => part));

interface RightAgent {
  readonly socket: WebSocket;
  readonly heard: readonly ServerMessage[];
  /** Rejects where it isn't. */
  readonly welcomed: Promise<void>;
}

/** An agent of its own that is known here, on a connection from that address. */
async function rightAgent(source: string): Promise<RightAgent> {
  const { id, journal } = await knownAgent();
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/agent`, { headers: { 'x-forwarded-for': source } });
  const heard: ServerMessage[] = [];
  const welcomed = Promise.withResolvers<void>();
  welcomed.promise.catch(() => {});
  agents.push(socket);
  socket.on('error', (error) => welcomed.reject(error));
  socket.on('close', () => welcomed.reject(new Error('the connection ended')));
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as ServerMessage;
    heard.push(message);
    if (message.type === 'challenge') socket.send(JSON.stringify(helloOf(id, journal)));
    if (message.type === 'cursor') socket.send('{"type":"catch-up","records":[],"inProgress":[]}');
    if (message.type === 'welcome') welcomed.resolve();
    if (message.type === 'refused') welcomed.reject(new Error(message.cause));
  });
  return { socket, heard, welcomed: welcomed.promise };
}

/** An agent that the server knows, and the id of its empty journal. */
async function knownAgent(): Promise<{ readonly id: AgentId; readonly journal: JournalId }> {
  const id = randomUUID() as AgentId;
  const row = {
    propertyId: PROPERTY,
    id,
    name: 'Desk',
    tokenHash: createHash('sha256').update(TOKEN).digest('hex'),
    publicKey: null,
    state: 'active',
    session: 0,
    instance: null,
    journal: null,
    cursor: null,
    attention: null,
  } as const;
  await server.run('putRows', { rows: [{ table: 'agents', row }], onlyIfEmpty: false });
  return { id, journal: randomUUID() as JournalId };
}

function helloOf(agent: AgentId, journal: JournalId): object {
  return {
    type: 'hello',
    // The address that these connect to asks for no newer one.
    protocol: OLDEST_AGENT_PROTOCOL,
    agent,
    proof: { by: 'token', token: TOKEN },
    instance: randomUUID(),
    software: 'test',
    journal: { id: journal, head: journalStart(journal) },
    acknowledged: null,
    encoders: [],
  };
}

/** A right agent at that address is welcome now. */
async function expectServed(source: string): Promise<void> {
  const { socket, welcomed } = await rightAgent(source);
  await welcomed;
  socket.terminate();
}

describe('the bytes of a connection', () => {
  test.each<readonly [string, Buffer]>([
    ['of one frame that is much longer still', frame(TEXT, bytes(MUCH), { says: 16 * 1024 * 1024 })],
    ['of one frame that was sent in full', frame(TEXT, bytes(1024 * 1024))],
    [
      'of a message in many fragments',
      Buffer.concat([frame(TEXT, bytes(1), { end: false }), repeat(frame(REST, bytes(100), { end: false }))]),
    ],
    [
      'of empty fragments',
      Buffer.concat([frame(TEXT, bytes(0), { end: false }), repeat(frame(REST, bytes(0), { end: false }))]),
    ],
    ['of bytes where text is due', frame(2, bytes(MUCH))],
    ['of pings', repeat(frame(PING, bytes(125)))],
    ['of empty pings', repeat(frame(PING, bytes(0)))],
    ['of pongs that nobody asked for', repeat(frame(PONG, bytes(125)))],
    ['of whole messages that say nothing', repeat(frame(TEXT, Buffer.from('{"type":"ping"}')))],
    ['of a compressed frame', frame(TEXT, bytes(MUCH), { says: 16 * 1024 * 1024, reserved: 4 })],
    ['behind the end of it', Buffer.concat([frame(CLOSE, Buffer.from([0x03, 0xe8])), bytes(MUCH)])],
  ])('%s are bounded, and end it, while others are served', async (_, sent) => {
    const one = await answered();
    // All but the last, which might be the end of something: it is the number that ends the connection.
    one.socket.write(sent.subarray(0, -1));
    await expectServed('198.51.100.200');
    await expect.poll(one.isOver, SOON).toBe(true);
    await expect.poll(connections, SOON).toBe(0);
  });

  test('are bounded however slowly they come', async () => {
    const one = await answered();
    const head = frame(TEXT, bytes(0), { says: 16 * 1024 * 1024 });
    one.socket.write(head);
    for (let sent = head.length; sent <= STRANGERS.bytes && !one.isOver(); sent += 1_000) {
      one.socket.write(bytes(1_000));
      await new Promise(setImmediate);
    }
    await expect.poll(one.isOver, SOON).toBe(true);
    await expectServed('198.51.100.200');
  });

  test('are not kept: many connections that send much take little memory', async () => {
    const collect = await garbageCollector();
    const chunk = bytes(64 * 1024);
    const before = collect();
    for (let n = 0; n < 12; n += 1) {
      const one = await answered(`198.51.100.${n}`);
      one.socket.write(frame(TEXT, bytes(0), { says: 16 * 1024 * 1024 }));
      for (let part = 0; part < 100; part += 1) one.socket.write(chunk);
      await expect.poll(() => one.isOver() || one.socket.writableLength === 0, SOON).toBe(true);
    }
    // What was thrown away is freed a little later.
    await expect.poll(() => collect() - before, SOON).toBeLessThan(10 * 1024 * 1024);
  });

  test('end it also when they come with the request', async () => {
    const one = await stranger(undefined, frame(TEXT, bytes(60_000), { says: 16 * 1024 * 1024 }));
    await expect.poll(one.isOver, SOON).toBe(true);
  });

  test('of a right agent may be many more, once it has proved itself', async () => {
    const { socket, welcomed, heard } = await rightAgent('198.51.100.1');
    await welcomed;
    socket.send(`{"type":"ping"}${' '.repeat(1024 * 1024)}`);
    socket.send('{"type":"sign-out","request":7}');
    await expect.poll(() => heard, SOON).toContainEqual(expect.objectContaining({ type: 'signed-in', request: 7 }));
    socket.terminate();
  });
});

describe('the time of a connection', () => {
  const HELLO_PARTS = frame(
    TEXT,
    Buffer.from(JSON.stringify(helloOf(randomUUID() as AgentId, randomUUID() as JournalId))),
  );
  test.each<readonly [string, (one: Stranger, second: number) => unknown]>([
    ['says nothing', () => {}],
    ['says hello byte by byte', ({ socket }, second) => socket.write(HELLO_PARTS.subarray(second, second + 1))],
    ['sends ping after ping', ({ socket }) => socket.write(frame(PING, bytes(0)))],
    ['says "ping" again and again', ({ socket }) => socket.write(frame(TEXT, Buffer.from('{"type":"ping"}')))],
  ])('whose client %s is bounded', async (_, each) => {
    const one = await answered();
    for (let second = 0; second < STRANGERS.proofMs / 1_000 - 1; second += 1) {
      each(one, second);
      await clock.advance(1_000);
    }
    expect(one.isOver()).toBe(false);
    await expectServed('198.51.100.200');
    await clock.advance(4_000);
    await expect.poll(one.isOver, SOON).toBe(true);
    expect(one.received()).toContain('"late"');
    await expect.poll(connections, SOON).toBe(0);
  });

  test('of a right agent whose long message comes slowly goes on, until it is there', async () => {
    const { id, journal } = await knownAgent();
    const one = await answered();
    const say = (message: object) => one.socket.write(frame(TEXT, Buffer.from(JSON.stringify(message))));
    say(helloOf(id, journal));
    await expect.poll(one.received, SOON).toContain('"cursor"');
    say({ type: 'catch-up', records: [], inProgress: [] });
    await expect.poll(one.received, SOON).toContain('"welcome"');
    const message = frame(TEXT, Buffer.from(`${' '.repeat(50)}{"type":"sign-out","request":8}`));
    const bytesRead = one.bytesRead();
    for (const [sent, byte] of message.entries()) {
      one.socket.write(Buffer.from([byte]));
      await expect.poll(one.bytesRead, { ...SOON, interval: 1 }).toBe(bytesRead + sent + 1);
      await clock.advance(1_000);
    }
    await expect.poll(one.received, SOON).toContain('"request":8');
  });

  test.each([
    ['without a reason', Buffer.alloc(0)],
    ['with a code', Buffer.from([0x03, 0xe8])],
  ])('that its client ended %s, by a frame alone, is bounded', async (_, reason) => {
    const one = await answered();
    one.socket.write(frame(CLOSE, reason));
    await expect.poll(one.isOver, SOON).toBe(true);
    await expect.poll(connections, SOON).toBe(0);
  });

  test('that was refused is bounded, whatever its client does then', async () => {
    const one = await answered();
    one.socket.write(frame(TEXT, Buffer.from('no JSON')));
    const more = setInterval(() => one.socket.write(frame(TEXT, Buffer.from('{"type":"ping"}'))), 20);
    await expect.poll(connections, SOON).toBe(0);
    clearInterval(more);
    expect(one.received()).toContain('"bad-message"');
  });
});

describe('the places for connections that have proved nothing', () => {
  const many = (count: number, source: string) => Promise.all(Array.from({ length: count }, () => stranger(source)));
  const count = (those: readonly Stranger[], what: (one: Stranger) => boolean) => those.filter(what).length;
  const isRefused = (one: Stranger) => one.received().startsWith('HTTP/1.1 503');

  test('are shared by source; beyond its share a source waits, and beyond that it is told to come again', async () => {
    const those = await many(10, '203.0.113.1');
    await expect.poll(() => count(those, isRefused), SOON).toBe(3);
    expect(count(those, (one) => one.isAnswered())).toBe(PLACES.perSource);
    expect(those.find(isRefused)?.received()).toMatch(
      new RegExp(`Retry-After: 5[\\s\\S]*"keyrack":\\{"protocol":${AGENT_PROTOCOL},`),
    );
    await expectServed('203.0.113.2');
    // One goes, and the next has its turn.
    those.find((one) => one.isAnswered())?.socket.destroy();
    await expect.poll(() => count(those, (one) => one.isAnswered()), SOON).toBe(PLACES.perSource + 1);
    await clock.advance(STRANGERS.connections.waitMs);
    await expect.poll(() => count(those, isRefused), SOON).toBe(6);
  });

  test('are one share for a whole network of IPv6', async () => {
    const those = await Promise.all(Array.from({ length: 10 }, (_, n) => stranger(`2001:db8:1:2::${n}`)));
    await expect.poll(() => count(those, isRefused), SOON).toBe(3);
    await expectServed('2001:db8:1:3::1');
  });

  test('are free again with a proof, so that any number of right agents comes through one address', async () => {
    for (let n = 0; n < 4 * PLACES.perSource; n += 1) await (await rightAgent('203.0.113.1')).welcomed;
  });

  test('come to right agents that wait behind others, as those prove themselves', async () => {
    const most = PLACES.perSource + PLACES.waitingPerSource;
    const all = await Promise.all(Array.from({ length: most }, () => rightAgent('203.0.113.1')));
    await Promise.all(all.map(({ welcomed }) => welcomed));
  });

  test('of all together don’t keep out who comes from elsewhere: the loudest source gives way', async () => {
    const loud = [...(await many(3, '203.0.113.1')), ...(await many(3, '203.0.113.2'))];
    await expect.poll(() => count(loud, (one) => one.isAnswered()), SOON).toBe(PLACES.overall);
    await expectServed('203.0.113.3');
    await expect.poll(() => count(loud, (one) => one.received().includes('"no-room"')), SOON).toBe(1);
  });

  test('that wait are free at once when their client goes, or says something', async () => {
    const [, , , waits, speaks, halfCloses, stays] = await many(7, '203.0.113.1');
    waits?.socket.resetAndDestroy();
    speaks?.socket.write('hello?');
    halfCloses?.socket.end();
    await expect.poll(connections, SOON).toBe(4);
    expect(stays?.isOver()).toBe(false);
    const next = await many(3, '203.0.113.1');
    await clock.advance(STRANGERS.connections.waitMs - 1);
    expect(count(next, isRefused)).toBe(0);
  });

  test('of strangers at the proxy’s own address are one share too', async () => {
    const those = await many(10, '');
    await expect.poll(() => count(those, isRefused), SOON).toBe(3);
  });
});

test('what is refused here leaves a line with its address', async () => {
  const one = await answered('192.0.2.77');
  one.socket.write(frame(TEXT, bytes(MUCH), { says: 1024 * 1024 }));
  const ofOne = () => lines.filter(({ source }) => source === '192.0.2.77');
  await expect.poll(ofOne, SOON).toHaveLength(1);
  expect(ofOne()[0]).toMatchObject({ level: 40, ending: 'too-much' });
});

/** Bytes outside the heap after a collection. */
async function garbageCollector(): Promise<() => number> {
  const [{ setFlagsFromString }, { runInNewContext }] = await Promise.all([import('node:v8'), import('node:vm')]);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
}
