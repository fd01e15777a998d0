import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ServerLog } from '../runtime/log.ts';
import { trackConnections } from './connections.ts';
import { type ConnectionFault, faultOfConnection } from './last-answer.ts';
import type { ListenerLimits } from './limits.ts';

/** Takes over the connections of one path that ask for a WebSocket. */
export interface WebSocketWay {
  readonly path: string;
  /**
   * The handshake isn't answered yet. The socket has an error listener; a reader and a time limit are owed from here
   * on, or `endSocket`.
   */
  accept(request: IncomingMessage, socket: Socket, head: Buffer): void;
}

export interface ListenerParts {
  readonly limits: ListenerLimits;
  readonly webSockets: WebSocketWay | null;
  /** Who a connection comes from, whose share it takes. Without it, as on loopback, nobody has a share. */
  readonly sourceOf?: (socket: Socket) => string | null;
  readonly log: Pick<ServerLog, 'error'>;
  /** Aborted when the listener is about to close. A response that has no end of its own, such as a stream of events, ends then. */
  readonly stopping: AbortSignal;
  /** A connection was closed because there were too many: as it came, or an idle one that made room for others. */
  readonly onTooMany: (which: 'new' | 'idle') => void;
  /** The last answer on a connection, as the bytes to send. `code` is Node's, where it found the fault. */
  readonly lastAnswer: (fault: ConnectionFault, address: string, code: string | undefined) => string;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A server of HTTP, not yet listening, whose connections hold nothing for longer than the limits say. Every socket has
 * an error listener from its first moment, also where Node gives it away: one unheard error would end the process.
 */
export function createListener(handler: Handler, parts: ListenerParts): Server {
  const { limits, webSockets, stopping } = parts;
  const connections = trackConnections({
    limits,
    now: () => performance.now(),
    sourceOf: parts.sourceOf ?? (() => null),
    onShed: parts.onTooMany,
  });
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.checkMs,
    // Node refuses a request without one by itself, and not with an envelope. Nothing here depends on it.
    requireHostHeader: false,
    // An upgrade that isn't ours is ignored, as HTTP says, and the request answered. Node calls it for no CONNECT.
    shouldUpgradeCallback: (request: IncomingMessage) => asksForWebSocket(request),
  });
  server.maxConnections = limits.connections;
  server.maxRequestsPerSocket = limits.requestsPerConnection;

  const asksForWebSocket = ({ method, url, headers, rawHeaders }: IncomingMessage): boolean => {
    if (webSockets === null || stopping.aborted || namesHostTwice(rawHeaders)) return false;
    if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket') return false;
    return (url ?? '').split('?', 1)[0] === webSockets.path;
  };
  const refuse = (socket: Socket) =>
    connections.end(socket, parts.lastAnswer('not-offered', addressOf(socket), undefined));
  /** Nothing is written in the place of an answer that is being made. */
  const giveUp = (socket: Socket, fault: ConnectionFault, code?: string) => {
    const answer = parts.lastAnswer(fault, addressOf(socket), code);
    if (connections.isAnswering(socket)) socket.destroy();
    else connections.end(socket, answer);
  };

  server.on('drop', () => {
    connections.dropped();
    parts.onTooMany('new');
  });
  server.on('connection', (socket: Socket) => {
    socket.on('error', NOTHING);
    // Node remembers an address that was read once; a socket that is gone by the time of its log line has none otherwise.
    void socket.remoteAddress;
    connections.opened(socket);
  });
  server.on('request', (request, response) => {
    if (namesHostTwice(request.rawHeaders)) return giveUp(request.socket, 'two-hosts');
    // What follows an ignored upgrade in the same packet is lost to Node's parser: nobody shall wait for its answer.
    if (request.headers.upgrade !== undefined) response.shouldKeepAlive = false;
    connections.requested(response, () => handler(request, response));
  });
  // Node would answer 417 by itself. HTTP lets a server ignore what it isn't asked to expect.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_request, socket: Socket) => refuse(socket));
  server.on('upgrade', (request, socket: Socket, head: Buffer) => {
    // Node before 24.9 doesn't ask `shouldUpgradeCallback`.
    if (webSockets === null || !asksForWebSocket(request)) return refuse(socket);
    connections.handedOver(socket);
    try {
      webSockets.accept(request, socket, head);
    } catch (error) {
      parts.log.error({ err: error }, 'a connection could not be taken over');
      socket.destroy();
    }
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // The client is gone, or was answered for the last time. A request that it broke off ends where it is handled.
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    giveUp(socket, faultOfConnection(error), error.code);
  });

  // A listener that can't accept, for want of descriptors, accepts again when there are some.
  server.on('listening', () =>
    server.on('error', (error) => parts.log.error({ err: error }, 'no connection is taken')),
  );
  let sweeping: NodeJS.Timeout | undefined;
  server.on('listening', () => {
    sweeping = setInterval(() => connections.sweep(), limits.checkMs);
  });
  server.on('close', () => clearInterval(sweeping));
  stopping.addEventListener('abort', () => connections.stop(), { once: true });
  return server;
}

/** Resolves with the port when it listens. Rejects with Node's error for an address that can't be had. */
export function listenAt(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

/** Cuts every connection off. Resolves when the last is gone. */
export function closeAtOnce(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}

/** Node goes by the first, and a proxy on the way may have gone by another. HTTP wants such a request refused. */
function namesHostTwice(rawHeaders: readonly string[]): boolean {
  return rawHeaders.filter((name, at) => at % 2 === 0 && /^host$/i.test(name)).length > 1;
}

const NOTHING = () => {};
const addressOf = (socket: Socket) => socket.remoteAddress ?? '';
