import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** What the proxy of a test does with a CONNECT. */
export type ProxyManner =
  | { readonly type: 'lets-through'; readonly credentials?: string }
  | { readonly type: 'refuses' }
  | { readonly type: 'says-nothing' };

/** An HTTP proxy on loopback, as at the edge of a hotel's network: knows CONNECT alone. */
export interface ConnectProxy {
  /** `http://127.0.0.1:PORT`, without credentials. */
  readonly url: string;
  /** What it was asked to connect to, in order: `HOST:PORT`. */
  readonly asked: readonly string[];
  /** Connections to it that are open. */
  open(): number;
  close(): Promise<void>;
}

/** @param to where every host name leads, and from which address: a test has no names of its own */
export async function startConnectProxy(
  manner: ProxyManner,
  to?: { readonly port: number; readonly from?: string },
): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    if (manner.type === 'says-nothing') return void socket.on('end', () => socket.end()).resume();
    if (manner.type === 'refuses') return void socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
    const wanted = manner.credentials && `Basic ${Buffer.from(manner.credentials).toString('base64')}`;
    if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
      return void socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="hotel"\r\ncontent-length: 0\r\n\r\n',
      );
    }
    const [, port] = (request.url ?? '').split(':');
    const where = { port: to?.port ?? Number(port), host: '127.0.0.1', localAddress: to?.from };
    const beyond = connect(where, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(beyond).pipe(socket);
    });
    beyond.on('error', () => socket.destroy());
    beyond.on('close', () => socket.destroy());
    socket.on('close', () => beyond.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    open: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
