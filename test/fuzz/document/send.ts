import { Agent, type IncomingMessage, request } from 'node:http';
import type { Drawn } from './drawn.ts';

export interface Answered {
  readonly status: number;
  readonly contentType: string | null;
  readonly etag: string | null;
  /** Parsed where it is JSON, else the text; null where it was broken off, since it never ends. */
  readonly received: unknown;
  readonly ms: number;
}

/** A connection that the server has just closed for good reason is met now and then. */
const TRIES = 3;
const STREAM_MS = 100;
const GIVE_UP_MS = 60_000;

/** Sends requests over kept connections, so many at once. */
export function createSender(url: string, lanes: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const { hostname, port } = new URL(url);

  const once = ({ method, target, headers, body }: Drawn) =>
    new Promise<Answered>((resolve, reject) => {
      const began = performance.now();
      const length = body === null ? {} : { 'content-length': String(body.length) };
      const options = { agent, hostname, port, method, path: target, headers: { ...headers, ...length } };
      const sent = request(options, (response) => {
        read(response).then(
          (received) =>
            resolve({
              status: response.statusCode ?? 0,
              contentType: response.headers['content-type'] ?? null,
              etag: response.headers.etag ?? null,
              received,
              ms: performance.now() - began,
            }),
          reject,
        );
      });
      sent.setTimeout(GIVE_UP_MS, () => sent.destroy(new Error(`no answer within ${GIVE_UP_MS} ms`)));
      sent.on('error', reject);
      sent.end(body ?? undefined);
    });

  return {
    /** Throws where there is no answer. */
    async send(drawn: Drawn): Promise<Answered> {
      for (let i = 1; ; i += 1) {
        try {
          return await once(drawn);
        } catch (error) {
          if (i >= TRIES || !/ECONNRESET|EPIPE|socket hang up/.test(String(error))) throw error;
        }
      }
    },
    close: () => agent.destroy(),
  };
}

async function read(response: IncomingMessage): Promise<unknown> {
  const type = response.headers['content-type'] ?? '';
  if (type.startsWith('text/event-stream')) {
    response.on('error', () => {});
    response.resume();
    await new Promise((resolve) => setTimeout(resolve, STREAM_MS));
    response.destroy();
    return null;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return /^application\/(?:problem\+)?json/.test(type) && text !== '' ? JSON.parse(text) : text;
}
