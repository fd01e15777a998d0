import { WebSocket } from 'ws';
import { LINK_LIMITS } from './link-limits.ts';
import type { Transport } from './transport.ts';

/** How long the closing handshake may take before the socket is dropped. */
const CLOSE_MS = 1_000;

/** The real one. Certificates are verified as Node verifies them; redirects aren't followed. */
export const webSocketTransport: Transport = {
  connect(url, listener) {
    let socket: WebSocket;
    let over = false;
    const closed = (reason: string) => {
      if (over) return;
      over = true;
      listener.closed(reason);
    };
    try {
      socket = new WebSocket(url, { maxPayload: LINK_LIMITS.receiveBytes, perMessageDeflate: false });
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
    socket.on('error', (error) => closed(error.message));
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
        setTimeout(() => socket.terminate(), CLOSE_MS).unref();
      },
    };
  },
};
