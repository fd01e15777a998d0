import type { IncomingMessage } from 'node:http';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { WebSocket } from 'ws';
import { ANSWER_BYTES, judgeAnswer } from './judge-answer.ts';
import { judgeError } from './judge-error.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { type Obstacle, obstacle } from './obstacle.ts';
import type { Transport } from './transport.ts';

/** How long the closing handshake may take before the socket is dropped. */
const CLOSE_MS = 1_000;

/** How a server is reached. */
export interface NetworkRoute {
  /** The certificates, in PEM, that a server's must come from, in the place of those that Node knows. */
  readonly ca?: string | undefined;
  /** What to go through; null for nothing. See `proxyFor`. */
  readonly proxy?: URL | null | undefined;
}

/** The real one. Certificates are verified as Node verifies them; redirects aren't followed. */
export function webSocketTransportBy({ ca, proxy = null }: NetworkRoute): Transport {
  const through = proxy === null ? null : nameOf(proxy);
  return {
    through,
    connect(url, listener) {
      let socket: WebSocket;
      let over = false;
      let opened = false;
      // ws doesn't end a wait for the proxy's answer by itself.
      const givenUp = new AbortController();
      const closed = (why: Obstacle) => {
        if (over) return;
        over = true;
        listener.closed(why);
      };
      try {
        socket = new WebSocket(url, {
          maxPayload: LINK_LIMITS.receiveBytes,
          perMessageDeflate: false,
          ...(ca !== undefined && { ca }),
          ...(proxy !== null && { agent: agentThrough(proxy, givenUp.signal, closed) }),
        });
      } catch (error) {
        const why = obstacle(
          'not-reached',
          `${url} can't be used (${messageOf(error)})`,
          'Name it as wss://HOST/agent.',
        );
        queueMicrotask(() => closed(why));
        return { send: () => {}, close: () => {} };
      }
      const server = new URL(url);
      socket.on('open', () => {
        opened = true;
        listener.opened();
      });
      socket.on('message', (data, isBinary) => {
        if (over) return;
        if (!isBinary) return listener.received(data.toString());
        socket.close(1003);
        closed(obstacle('not-understood', 'the server sent a binary message', UPDATE));
      });
      // Whoever answers over HTTP doesn't open the WebSocket. `terminate` tells of an error, which comes too late.
      socket.on('unexpected-response', (_request, response) => {
        void beginningOf(response).then((body) => {
          const { statusCode = 0, headers } = response;
          closed(judgeAnswer(server, { status: statusCode, headers, body }, through));
          socket.terminate();
        });
      });
      // `close` follows every error, with less to tell.
      socket.on('error', (error) => closed(opened ? brokenBy(error) : judgeError(server, error, through)));
      socket.on('close', (code, reason) => {
        const text = `the connection closed (${code}${reason.length > 0 ? ` ${reason}` : ''})`;
        closed(obstacle('connection-ended', text));
      });
      return {
        send: (text) => {
          // ws reports what it couldn't send through `error` and `close`.
          if (socket.readyState === WebSocket.OPEN) socket.send(text, () => {});
        },
        close: () => {
          socket.close(1000);
          setTimeout(() => {
            socket.terminate();
            givenUp.abort();
          }, CLOSE_MS).unref();
        },
      };
    },
  };
}

/** Straight to the server. */
export const webSocketTransport: Transport = webSocketTransportBy({});

const UPDATE = 'If it comes again, update the older of server and agent.';

/** Why a connection that stood is over, by the error of Node or ws. */
function brokenBy(error: Error & { readonly code?: string }): Obstacle {
  if (error.code?.startsWith('WS_ERR_')) {
    return obstacle('not-understood', `the server sent what is no message for an agent (${error.message})`, UPDATE);
  }
  return obstacle('connection-ended', `the connection broke (${messageOf(error)})`);
}

/** The first bytes of an answer, as text. Bytes that come too late or too slowly are not read. */
export function beginningOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(end, LINK_LIMITS.answerMs);
    function end(): void {
      clearTimeout(timer);
      response.destroy();
      resolve(Buffer.concat(chunks).subarray(0, ANSWER_BYTES).toString('utf8'));
    }
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= ANSWER_BYTES) end();
    });
    response.on('end', end).on('error', end).on('close', end);
  });
}

/** Tells a refusal of the proxy itself before ws takes its answer for the server's. */
function agentThrough(proxy: URL, signal: AbortSignal, refused: (why: Obstacle) => void): HttpsProxyAgent<string> {
  const agent = new HttpsProxyAgent(proxy, { signal });
  const name = nameOf(proxy);
  agent.on('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
    if (statusCode === 200) return;
    const answer = `HTTP ${statusCode}`;
    if (statusCode === 407) {
      const todo = 'Name them as http://USER:PASSWORD@HOST:PORT.';
      refused(obstacle('proxy-log-in', `the proxy ${name} wants another user and password (${answer})`, todo, answer));
    } else {
      const todo = 'Ask who runs it to let this computer through.';
      refused(obstacle('proxy-refuses', `the proxy ${name} refuses the connection (${answer})`, todo, answer));
    }
  });
  return agent;
}

/** Without user and password. */
function nameOf({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

function messageOf(error: unknown): string {
  const { message, code, name } = error as Error & { code?: string };
  return message || code || name;
}
