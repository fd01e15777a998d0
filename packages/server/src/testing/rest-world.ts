import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { readConfig } from '../config.ts';
import { type ApiKey, hashToken, lookupOf } from '../domain/api-key.ts';
import { SESSIONS } from '../domain/limits.ts';
import type { Property } from '../domain/places.ts';
import { type Session, type SessionOf, subjectOfSession } from '../domain/session.ts';
import { lookupOfKind } from '../domain/token.ts';
import { type RunningServer, type ServerParts, startServer } from '../main.ts';
import { OWNER_KEY_FILE } from '../main-owner-key.ts';
import type { Rows, TableName } from '../store/row-types.ts';
import { createReads } from '../store/sqlite/rows.ts';
import { scratchFolder } from '../store/testing/scratch-folder.ts';
import type { TableRow } from '../transactions/property/put-rows.ts';
import { createDocumentCheck } from './document-check.ts';
import { type LogLine, recordingLog } from './recording-log.ts';
import { roomyDisk } from './roomy-disk.ts';

export { OWNER_KEY_FILE };

/** What a test sends to /v1, by HTTP. */
export interface Sent {
  readonly method?: string;
  /** The token; the owner's unless told, and none for null. */
  readonly key?: string | null;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else the text. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into what it expects.
  readonly body: any;
}

export interface RestWorld {
  readonly server: RunningServer;
  readonly folder: string;
  readonly lines: readonly LogLine[];
  /** The token in the data folder. */
  readonly ownerKey: string;
  send(path: string, sent?: Sent): Promise<Received>;
  put(...rows: TableRow[]): Promise<unknown>;
  /** What is on the server's disk. */
  rows<T extends TableName>(table: T): Rows[T][];
}

/** Two properties of a server that a test may ask for. */
export const INN: Property = {
  id: '019ac000-0000-7000-8000-000000000001',
  number: '1001',
  name: 'Inn',
  timeZone: 'Asia/Shanghai',
  cardKeys: [],
  checkOutTime: '12:00',
};
export const OTHER: Property = {
  ...INN,
  id: '019ac000-0000-7000-8000-000000000002',
  number: '1002',
  name: 'Other inn',
};

interface WorldOptions {
  readonly folder?: string;
  /** Those that are there at the start. */
  readonly properties?: readonly Property[];
  /** Settings that differ. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A server with /v1 over HTTP, for one test. Each exchange is held against the document. */
export async function restWorld(parts: Partial<ServerParts> = {}, options: WorldOptions = {}): Promise<RestWorld> {
  const world = await openRestWorld(parts, options);
  onTestFinished(() => world.server.stop());
  return world;
}

/** The same for all tests of a file, since a start takes as long as hundreds of requests. */
export function restWorldForFile(parts: Partial<ServerParts> = {}, options: WorldOptions = {}): () => RestWorld {
  let world: RestWorld;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'keyrack-rest-'));
  beforeAll(async () => {
    world = await openRestWorld(parts, { ...options, folder });
  });
  afterAll(async () => {
    await world?.server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return () => world;
}

const checkByDocument = createDocumentCheck();

async function openRestWorld(
  parts: Partial<ServerParts>,
  { folder = scratchFolder(), properties = [INN, OTHER], settings = {} }: WorldOptions,
): Promise<RestWorld> {
  const { log, lines } = recordingLog();
  const config = readConfig({ PORT: '0', KEYRACK_METRICS: 'none', ...settings }, folder);
  const server = await startServer(config, log, { checksAnswers: true, diskSpace: roomyDisk, ...parts });
  const put = (...rows: TableRow[]) => server.run('putRows', { rows, onlyIfEmpty: false });
  await put(...properties.map((row) => ({ table: 'properties', row }) as const));
  const ownerKey = readFileSync(join(folder, OWNER_KEY_FILE), 'utf8').trim();
  const send: RestWorld['send'] = async (path, { key = ownerKey, method, json, body, headers = {} } = {}) => {
    const response = await fetch(`${server.url}${path}`, {
      method: method ?? 'GET',
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body !== undefined && { body }),
    });
    const isStream = /^text\/event-stream/.test(response.headers.get('content-type') ?? '');
    const text = isStream ? await firstPart(response) : await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    const received = isJson ? JSON.parse(text) : text;
    if (parts.checksAnswers !== false)
      checkByDocument({
        method: method ?? 'GET',
        target: path,
        sent: json,
        status: response.status,
        contentType: response.headers.get('content-type'),
        received,
      });
    return { status: response.status, headers: response.headers, body: received };
  };
  const rows: RestWorld['rows'] = (table) => {
    const db = new Database(join(folder, 'keyrack.db'), { readonly: true });
    try {
      return createReads(db).find(table, 'key', [], { limit: 10_000 });
    } finally {
      db.close();
    }
  };
  return { server, folder, lines, ownerKey, send, put, rows };
}

/** What a stream of events begins with; it never ends by itself. */
async function firstPart({ body }: Response): Promise<string> {
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

/** The row of an API key of the inn, by its token. */
export function apiKeyRow(token: string, facts: Partial<ApiKey> = {}): TableRow {
  const lookup = lookupOf(token) as string;
  const row: ApiKey = {
    id: `019ac000-0000-7000-8000-0000${Buffer.from(lookup.slice(0, 4)).toString('hex')}`,
    lookup,
    secretHash: hashToken(token),
    name: 'Test',
    scopes: ['admin'],
    properties: [INN.id],
    ownerKey: false,
    createdAt: 0,
    expiresAt: null,
    revokedAt: null,
    ...facts,
  };
  return { table: 'apiKeys', row };
}

/** The row of a session, by its token. */
export function sessionRow(token: string, of: SessionOf, facts: Partial<Session> = {}): TableRow {
  const lookup = lookupOfKind('session', token) as string;
  const now = Date.now();
  const row: Session = {
    id: `019ac000-0000-7000-8001-0000${Buffer.from(lookup.slice(0, 4)).toString('hex')}`,
    lookup,
    secretHash: hashToken(token),
    subject: subjectOfSession(of),
    of,
    state: 'open',
    createdAt: now,
    lastUsedAt: now,
    expiresAt: now + SESSIONS.longestMs,
    from: '127.0.0.1',
    client: null,
    ...facts,
  };
  return { table: 'sessions', row };
}
