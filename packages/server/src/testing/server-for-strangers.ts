import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AgentId,
  type JournalId,
  journalStart,
  OLDEST_AGENT_PROTOCOL,
  type ServerMessage,
} from '@keyrack/protocol';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { WebSocket } from 'ws';
import { readConfig } from '../config.ts';
import { handClock } from '../dispatch/testing/hand-clock.ts';
import { newAgent } from '../domain/places.ts';
import { type RunningServer, startServer } from '../main.ts';
import { recordingLog } from './recording-log.ts';

const PROXY = '127.0.0.1';
/** Places for connections that have proved nothing. */
export const PLACES = { perSource: 3, overall: 6, waitingPerSource: 4, waitingOverall: 6 };
const TOKEN = 't'.repeat(43);
const PROPERTY = 'property';

/** One connection as the test's end of it sees it. */
export interface Stranger {
  readonly socket: Socket;
  /** Bytes of it that the server has read. */
  bytesRead(): number;
  /** All that was received, as text. */
  received(): string;
  isAnswered(): boolean;
  isOver(): boolean;
}

export interface RightAgent {
  readonly socket: WebSocket;
  readonly heard: readonly ServerMessage[];
  /** Rejects where it isn't. */
  readonly welcomed: Promise<void>;
}

/** The first message of an agent of the oldest protocol, which proves itself by a token. */
export function helloOf(agent: AgentId, journal: JournalId): object {
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

/**
 * Starts a server before the tests of a file and stops it after them. Its clock stands still but where a test lets time
 * pass, so that a test knows whether bytes or time ended a connection.
 */
export function serverForStrangers() {
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
          row: { id: PROPERTY, number: '1', name: 'Inn', timeZone: 'UTC', cardKeys: [], checkOutTime: '12:00' },
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
    await expect.poll(connections).toBe(0);
  });

  const connections = () =>
    new Promise<number>((resolve, reject) =>
      listener.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
    );

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
    await expect.poll(one.isAnswered).toBe(true);
    return one;
  }

  /** An agent of its own that is known here, on a connection from that address. */
  async function rightAgent(source: string): Promise<RightAgent> {
    const { id, journal } = await knownAgent();
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/agent`, {
      headers: { 'x-forwarded-for': source },
    });
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
    const row = newAgent({
      propertyId: PROPERTY,
      id,
      name: 'Desk',
      tokenHash: createHash('sha256').update(TOKEN).digest('hex'),
    });
    await server.run('putRows', { rows: [{ table: 'agents', row }], onlyIfEmpty: false });
    return { id, journal: randomUUID() as JournalId };
  }

  /** A right agent at that address is welcome now. */
  async function expectServed(source: string): Promise<void> {
    const { socket, welcomed } = await rightAgent(source);
    await welcomed;
    socket.terminate();
  }

  return { clock, lines, connections, stranger, answered, rightAgent, knownAgent, expectServed };
}
