import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it came. */
export interface Heard {
  readonly method: string;
  /** With what stands behind the question mark. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface GivenAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** One answer: given, or made by hand. */
export type Scripted = GivenAnswer | ((response: ServerResponse, heard: Heard) => void);

/** A server that answers as its script says, one entry for each request; the last one for all that come after it. */
export async function scriptedServer(...script: readonly Scripted[]): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { method = '', url = '', headers } = request;
    const next = { method, path: url, headers, body };
    heard.push(next);
    const answer = script[Math.min(heard.length, script.length) - 1] as Scripted;
    if (typeof answer === 'function') return answer(response, next);
    const { status, json, headers: more } = answer;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { ...(json !== undefined && { 'content-type': type }), ...more });
    response.end(json === undefined ? undefined : JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

/** A problem as the server tells it. */
export function problem(status: number, name: string, more: object = {}): GivenAnswer {
  return { status, json: { type: `/v1/problems/${name}`, title: name, status, detail: `Do it.`, ...more } };
}

/** The server hears the request and then breaks the connection off. */
export const BREAKS_OFF: Scripted = (response) => response.destroy();

/** The server hears the request and never answers. */
export const SILENT: Scripted = () => undefined;
