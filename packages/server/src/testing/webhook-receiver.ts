import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ReceivedDelivery {
  readonly headers: Record<string, string>;
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into what it expects.
  readonly event: any;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly received: ReceivedDelivery[];
  /** How it answers from now on; 204 unless told. */
  answer(answer: number | ((request: IncomingMessage, response: ServerResponse) => void)): void;
  /** Connections that it had. */
  connections(): number;
}

/** A receiver of webhooks on 127.0.0.1. */
export async function webhookReceiver(port = 0): Promise<WebhookReceiver> {
  const received: ReceivedDelivery[] = [];
  let connections = 0;
  let answer: number | ((request: IncomingMessage, response: ServerResponse) => void) = 204;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ headers: { ...(request.headers as Record<string, string>) }, body, event: JSON.parse(body) });
      if (typeof answer === 'number') response.writeHead(answer).end();
      else answer(request, response);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?of=inn`,
    received,
    answer(next) {
      answer = next;
    },
    connections: () => connections,
  };
}
