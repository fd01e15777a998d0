import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerLog } from '../runtime/log.ts';
import { trackConnections } from './connections.ts';
import type { HttpLimits } from './limits.ts';
import { faultOfConnection, type LastAnswer, lastWords } from './refused-connection.ts';

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
  readonly limits: HttpLimits;
  readonly randomId: () => string;
  readonly webSockets: WebSocketWay | null;
  readonly log: Pick<ServerLog, 'error'>;
  /** Aborted when the listener is about to close. A response that has no end of its own, such as a stream of events, ends then. */
  readonly stopping: AbortSignal;
  /** A connection was closed because there were too many: as it came, or an idle one that made room for others. */
  readonly onTooMany: (which: 'new' | 'idle') => void;
  /** What came on a connection was no request, or not in time. */
  readonly onFault: (fault: {
    readonly request: string;
    readonly fault: LastAnswer;
    readonly code: string | undefined;
    readonly address: string;
  }) => void;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A server of HTTP, not yet listening, whose connections hold nothing for longer than the limits say. Every socket has
 * an error listener from its first moment, also where Node gives it away: one unheard error would end the process.
 */
export function createListener(handler: Handler, parts: ListenerParts): Server {
  const { limits, webSockets, stopping } = parts;
  const connections = trackConnections(
    limits,
    () => performance.now(),
    () => parts.onTooMany('idle'),
  );
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

  const asksForWebSocket = ({ method, url, headers }: IncomingMessage): boolean => {
    if (webSockets === null || stopping.aborted) return false;
    if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket') return false;
    return (url ?? '').split('?', 1)[0] === webSockets.path;
  };
  const refuse = (socket: Socket) => connections.end(socket, lastWords('not-found', parts.randomId()));

  server.on('drop', () => {
    connections.dropped();
    parts.onTooMany('new');
  });
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {});
    // Node remembers an address that was read once; a socket that is gone by the time of its log line has none otherwise.
    void socket.remoteAddress;
    connections.opened(socket);
  });
  server.on('request', (request, response) => {
    // What follows an ignored upgrade in the same packet is lost to Node's parser: nobody shall wait for its answer.
    if (request.headers.upgrade !== undefined) response.shouldKeepAlive = false;
    connections.requested(response, () => handler(request, response));
  });
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
    const [fault, request] = [faultOfConnection(error), parts.randomId()];
    parts.onFault({ request, fault, code: error.code, address: socket.remoteAddress ?? '' });
    if (connections.isAnswering(socket)) socket.destroy();
    else connections.end(socket, lastWords(fault, request));
  });

  let sweeping: NodeJS.Timeout | undefined;
  server.on('listening', () => {
    sweeping = setInterval(() => connections.sweep(), limits.checkMs);
  });
  server.on('close', () => clearInterval(sweeping));
  stopping.addEventListener('abort', () => connections.stop(), { once: true });
  return server;
}
