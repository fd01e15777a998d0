import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { AGENT_LIMITS, AGENT_PATH } from '@keyrack/protocol';
import { WebSocketServer } from 'ws';
import type { AddressOf } from '../runtime/client-address.ts';
import { endSocket } from '../runtime/end-socket.ts';
import type { Dispatcher } from './dispatcher.ts';

/** What may wait in memory to be sent to one agent; one that takes no more than that is cut off. Bytes. */
const UNSENT_BYTES = 4 * 1024 * 1024;

export interface AgentSockets {
  readonly path: string;
  /** Takes over the connection of a request that asks for a WebSocket at `path`. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Takes up agents' WebSockets, from the handshake on. */
export function createAgentSockets(dispatcher: Dispatcher, addressOf: AddressOf): AgentSockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: AGENT_LIMITS.messageBytes,
    perMessageDeflate: false,
    clientTracking: true,
  });
  sockets.on('wsClientError', (error, socket) => endSocket(socket, refusedHandshake(error.message)));
  return {
    path: AGENT_PATH,
    accept(request, socket, head) {
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const session = dispatcher.connect({
          address: addressOf(request),
          send(text) {
            if (webSocket.readyState !== webSocket.OPEN) return;
            if (webSocket.bufferedAmount > UNSENT_BYTES) return webSocket.terminate();
            webSocket.send(text);
          },
          close: () => webSocket.close(),
        });
        webSocket.on('message', (data, isBinary) => {
          if (isBinary) session.end('bad-message');
          else session.receive(data.toString());
        });
        webSocket.on('close', () => session.closed());
        // A broken frame or a lost connection: `close` follows.
        webSocket.on('error', () => webSocket.terminate());
      });
    },
    close() {
      for (const webSocket of sockets.clients) webSocket.terminate();
      sockets.close();
    },
  };
}

/** `fault` is one of the texts of ws, in its own words: nothing in it comes from the client. */
function refusedHandshake(fault: string): string {
  const body = `${fault}. Agents connect here, by the WebSocket protocol (RFC 6455); use the keyrack-agent of this version.\n`;
  return [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Sec-WebSocket-Version: 13',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
