import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { DeskAgent } from '../desk/index.ts';
import type { AgentLog } from '../log.ts';
import type { Updates } from '../update/index.ts';
import { type LiveStreams, startLiveStreams } from './live-streams.ts';
import { ACTIONS, type Action } from './page-actions.ts';
import { readPageFiles } from './page-files.ts';
import { type Guard, PAGE_REFUSALS, type PageRefusal, type Protection, refusalOf } from './page-guard.ts';
import { type PageFacts, pageHtml } from './page-html.ts';
import { languageOf } from './page-language.ts';
import { PAGE_LIMITS } from './page-limits.ts';
import { readJson } from './read-json.ts';

/** There is no setting for it: whoever reaches the page can sign members out and decline what is asked. */
const HOST = '127.0.0.1';

const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** What an address answers, and how it is protected. */
interface Route {
  readonly method: 'GET' | 'POST';
  readonly protection: Protection;
  answer(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

export interface PageParts {
  readonly desk: DeskAgent;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Whether card readers are encoders as they are plugged in; what a desk without an encoder is told depends on it. */
  readonly usesReaders?: boolean;
  /** How this program is updated; nothing is shown of it unless told. */
  readonly updates?: Updates;
  /** The command that examines this desk, with all that it needs to be told. */
  readonly doctor?: string;
  readonly clock: Clock;
  readonly log: AgentLog;
  /** Of its connections, where they differ from the usual. */
  readonly limits?: Partial<Record<'requestMs' | 'checkMs' | 'quietMs' | 'connections', number>>;
}

export interface RunningPage {
  /** Where a person opens it. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the page for the person at the desk, on this computer alone. Rejects when it can't listen there. */
export async function startPage(parts: PageParts): Promise<RunningPage> {
  const { desk, port: wanted, clock, log, usesReaders = true, doctor = 'keyrack agent doctor --pcsc' } = parts;
  const limits = { ...PAGE_LIMITS, ...parts.limits };
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.requestMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
  });
  server.maxConnections = limits.connections;
  server.setTimeout(limits.quietMs);
  const files = readPageFiles();
  await listen(server, wanted);
  const { port } = server.address() as AddressInfo;
  const guard: Guard = { port, token: randomBytes(32).toString('base64url') };
  const { updates = null } = parts;
  const streams = startLiveStreams(desk, clock, updates);
  const routes = routesOf({ desk, updates }, streams, files, { token: guard.token, usesReaders, doctor });
  server.on('error', (error) => log.error({ err: error }, 'the page takes no connection'));
  server.on('request', (request, response) => {
    answer(request, response, routes, guard).catch((error: unknown) => {
      log.error({ err: error, path: request.url?.slice(0, 100) }, 'the page failed');
      if (response.headersSent) response.destroy();
      else refuse(response, 'failed');
    });
  });
  const url = `http://${HOST}:${port}`;
  log.info({ url }, 'the page is there');
  return {
    url,
    close: () => {
      streams.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** What actions act on. */
interface Acted {
  readonly desk: DeskAgent;
  readonly updates: Updates | null;
}

/** Every address that there is. */
function routesOf(
  acted: Acted,
  streams: LiveStreams,
  files: ReturnType<typeof readPageFiles>,
  page: PageFacts,
): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>([
    ['/', documentRoute(page)],
    ['/live', { method: 'GET', protection: 'stream', answer: (_request, response) => streams.open(response) }],
  ]);
  for (const [path, { type, body }] of files) {
    routes.set(path, {
      method: 'GET',
      protection: 'part',
      answer: (_request, response) => void response.setHeader('content-type', type).end(body),
    });
  }
  for (const [path, action] of Object.entries(ACTIONS)) routes.set(path, actionRoute(action, acted));
  return routes;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: ReadonlyMap<string, Route>,
  guard: Guard,
): Promise<void> {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  const route = routes.get(request.url?.split('?')[0] ?? '');
  const refusal = refusalOf(request, route?.protection ?? 'part', guard);
  if (refusal !== null) return refuse(response, refusal);
  if (route === undefined) return refuse(response, 'not-found');
  if (request.method !== route.method) {
    response.setHeader('allow', route.method);
    return refuse(response, 'wrong-method');
  }
  await route.answer(request, response);
}

function documentRoute(page: PageFacts): Route {
  return {
    method: 'GET',
    protection: 'document',
    answer: (request, response) => {
      const html = pageHtml(languageOf(request), page);
      response.setHeader('content-type', 'text/html; charset=utf-8').setHeader('vary', 'accept-language, cookie');
      response.end(html);
    },
  };
}

function actionRoute(action: Action, { desk, updates }: Acted): Route {
  return {
    method: 'POST',
    protection: 'action',
    answer: async (request, response) => {
      const sent = await readJson(request);
      if (!sent.ok) return refuse(response, sent.refusal);
      try {
        const { status, body, cookie } = await action(desk, sent.value, updates);
        response.statusCode = status;
        if (cookie !== undefined) response.setHeader('set-cookie', cookie);
        if (body === undefined) response.end();
        else endJson(response, body);
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error;
        refuse(response, 'bad-request');
      }
    },
  };
}

/** What is left of the request isn't read: the connection ends with the answer. */
function refuse(response: ServerResponse, cause: PageRefusal): void {
  const { status, message } = PAGE_REFUSALS[cause];
  response.statusCode = status;
  response.setHeader('connection', 'close');
  endJson(response, { cause, message });
}

function endJson(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}
