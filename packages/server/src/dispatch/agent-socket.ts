import type { Server } from 'node:http';
import { AGENT_LIMITS, AGENT_PATH } from '@keyrack/protocol';
import { WebSocketServer } from 'ws';
import type { AddressOf } from '../runtime/client-address.ts';
import type { Dispatcher } from './dispatcher.ts';

/** What may wait in memory to be sent to one agent; one that takes no more than that is cut off. Bytes. */
const UNSENT_BYTES = 4 * 1024 * 1024;

/** Takes up agents' WebSockets on this HTTP server; other upgrades are refused. */
export function listenForAgents(server: Server, dispatcher: Dispatcher, addressOf: AddressOf): { close(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: AGENT_LIMITS.messageBytes,
    perMessageDeflate: false,
    clientTracking: true,
  });
  server.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path !== AGENT_PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
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
  });
  return {
    close() {
      for (const webSocket of sockets.clients) webSocket.terminate();
      sockets.close();
    },
  };
}
