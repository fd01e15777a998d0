import { HttpsProxyAgent } from 'https-proxy-agent';
import { WebSocket } from 'ws';
import { LINK_LIMITS } from './link-limits.ts';
import type { Transport } from './transport.ts';

/** How long the closing handshake may take before the socket is dropped. */
const CLOSE_MS = 1_000;

/** How a server is reached. */
export interface Road {
  /** The certificates, in PEM, that a server's must come from, in the place of those that Node knows. */
  readonly ca?: string | undefined;
  /** What to go through; null for nothing. See `proxyFor`. */
  readonly proxy?: URL | null | undefined;
}

/** The real one. Certificates are verified as Node verifies them; redirects aren't followed. */
export function webSocketTransportBy({ ca, proxy = null }: Road): Transport {
  return {
    connect(url, listener) {
      let socket: WebSocket;
      let over = false;
      // ws doesn't end a wait for the proxy's answer by itself.
      const givenUp = new AbortController();
      const closed = (reason: string) => {
        if (over) return;
        over = true;
        listener.closed(reason);
      };
      try {
        socket = new WebSocket(url, {
          maxPayload: LINK_LIMITS.receiveBytes,
          perMessageDeflate: false,
          ...(ca !== undefined && { ca }),
          ...(proxy !== null && { agent: agentThrough(proxy, givenUp.signal, closed) }),
        });
      } catch (error) {
        queueMicrotask(() => closed(error instanceof Error ? error.message : String(error)));
        return { send: () => {}, close: () => {} };
      }
      socket.on('open', () => listener.opened());
      socket.on('message', (data, isBinary) => {
        if (over) return;
        if (!isBinary) return listener.received(data.toString());
        socket.close(1003);
        closed('the server sent a binary message');
      });
      // `close` follows every error, with less to tell.
      socket.on('error', ({ message }) => closed(proxy === null ? message : `through ${nameOf(proxy)}: ${message}`));
      socket.on('close', (code, reason) =>
        closed(`the connection closed (${code}${reason.length > 0 ? ` ${reason}` : ''})`),
      );
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

/** Tells a refusal of the proxy itself before ws takes its answer for the server's. */
function agentThrough(proxy: URL, signal: AbortSignal, refused: (reason: string) => void): HttpsProxyAgent<string> {
  const agent = new HttpsProxyAgent(proxy, { signal });
  agent.on('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
    if (statusCode === 200) return;
    const what =
      statusCode === 407
        ? 'wants another user and password; name them as http://USER:PASSWORD@HOST:PORT'
        : `answers ${statusCode}; ask who runs it to let this computer through`;
    refused(`the proxy ${nameOf(proxy)} ${what}`);
  });
  return agent;
}

/** Without user and password. */
function nameOf({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}
