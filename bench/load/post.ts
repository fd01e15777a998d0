import { Agent, request } from 'node:http';
import type { SignedRequest } from './requests.ts';

export interface Posted {
  readonly status: number;
  readonly operationId: string | undefined;
  readonly body: string;
  /** From the sending of the request to the last byte of its answer. Milliseconds. */
  readonly ms: number;
}

/** Posts forms over connections that are kept. One request at a time is one caller's. */
export function createPoster(url: string): {
  post(sent: SignedRequest): Promise<Posted>;
  close(): void;
} {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  return {
    post: ({ path, body }) =>
      new Promise((resolve, reject) => {
        const began = performance.now();
        const headers = {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
        };
        const sent = request({ agent, host: hostname, port, method: 'POST', path, headers }, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              operationId: response.headers['x-operation-id'] as string | undefined,
              body: text,
              ms: performance.now() - began,
            }),
          );
          response.on('error', reject);
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}
