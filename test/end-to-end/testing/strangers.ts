import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createTestAuthority } from '@keyrack/agent/testing/certificates.ts';
import { type ProxyManner, startConnectProxy } from '@keyrack/agent/testing/connect-proxy.ts';
import { WebSocketServer } from 'ws';
import { freePort } from '../../world/processes.ts';

/** An address for an agent, and the proxy on the way there. */
interface Place {
  readonly address: string;
  readonly proxy?: URL;
}

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** What may stand at an address where somebody expects a server, each on a port of its own. */
export interface Strangers {
  http(answer: Answer): Promise<Place>;
  /** The answer to everything, for `http`. */
  page(status: number, headers: Readonly<Record<string, string>>): Answer;
  endlessPage(): Answer;
  /** What a proxy does that knows nothing of WebSockets: the request goes on without what is of one connection alone. */
  passOnWithoutUpgrade(url: string): Answer;
  /** Takes a WebSocket and says this, or nothing. */
  webSocket(greeting: string | null): Promise<Place>;
  /** Sends these bytes, once it was sent something, and ends; null for neither. */
  raw(bytes: string | null): Promise<Place>;
  /** TLS, with a certificate of a CA that nobody knows. */
  tls(host: string): Promise<Place>;
  connectProxy(manner: ProxyManner): Promise<Place>;
  nobody(): Promise<Place>;
  close(): Promise<void>;
}

export function startStrangers(): Strangers {
  const ends: (() => unknown)[] = [];

  async function listen(server: Server, scheme = 'ws'): Promise<Place> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return { address: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/agent` };
  }

  const http = (answer: Answer) => listen(createServer(answer));

  return {
    http,
    page: (status, headers) => (_incoming, outgoing) => outgoing.writeHead(status, headers).end('<p>Hello</p>'),
    endlessPage: () => (_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'text/html' });
      const dripping = setInterval(() => outgoing.write('.'), 20);
      outgoing.on('close', () => clearInterval(dripping));
    },
    passOnWithoutUpgrade: (url) => (incoming, outgoing) => {
      const { upgrade: _upgrade, connection: _connection, ...headers } = incoming.headers;
      const onward = request(new URL(incoming.url ?? '/', url), { method: incoming.method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] });
        answer.pipe(outgoing);
      });
      incoming.pipe(onward);
    },
    async webSocket(greeting) {
      const server = createServer((_incoming, outgoing) => outgoing.writeHead(426).end('Upgrade Required'));
      const sockets = new WebSocketServer({ server });
      sockets.on('connection', (socket) => {
        if (greeting !== null) socket.send(greeting);
      });
      return listen(server);
    },
    raw: (bytes) =>
      listen(
        createTcpServer((socket) => {
          socket.once('data', () => {
            if (bytes !== null) socket.end(bytes, 'latin1');
          });
        }),
      ),
    tls: (host) => listen(createSecureServer(createTestAuthority('Nobody').certify(host)), 'wss'),
    async connectProxy(manner) {
      const proxy = await startConnectProxy(manner);
      ends.push(proxy.close);
      return { address: 'wss://keyrack.hotel.example/agent', proxy: new URL(proxy.url) };
    },
    nobody: async () => ({ address: `ws://127.0.0.1:${await freePort()}/agent` }),
    async close() {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}
