import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { endSocket } from '../runtime/end-socket.ts';
import type { ServerLog } from '../runtime/log.ts';
import type { HttpLimits } from './limits.ts';
import { lastWords } from './refused-connection.ts';

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
  /** A connection was closed as it came: there were too many. */
  readonly onDrop: () => void;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A server of HTTP, not yet listening, whose connections hold nothing for longer than the limits say. Every socket has
 * an error listener from its first moment, also where Node gives it away: one unheard error would end the process.
 */
export function createListener(handler: Handler, parts: ListenerParts): Server {
  const { limits, webSockets } = parts;
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkMs,
      // Node refuses a request without one by itself, and not with an envelope. Nothing here depends on it.
      requireHostHeader: false,
      // An upgrade that isn't ours is ignored, as HTTP says, and the request answered. Node calls it for no CONNECT.
      shouldUpgradeCallback: (request: IncomingMessage) => webSockets !== null && asksForWebSocket(request, webSockets),
    },
    (request, response) => {
      // What follows an ignored upgrade in the same packet is lost to Node's parser: nobody shall wait for its answer.
      if (request.headers.upgrade !== undefined) response.shouldKeepAlive = false;
      handler(request, response);
    },
  );
  server.maxConnections = limits.connections;
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  server.on('drop', parts.onDrop);
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {});
    // Node remembers an address that was read once; a socket that is gone by the time of its log line has none otherwise.
    void socket.remoteAddress;
  });
  const refuse = (socket: Socket) => endSocket(socket, lastWords('not-found', parts.randomId()), limits.lingerMs);
  server.on('connect', (_request, socket: Socket) => refuse(socket));
  server.on('upgrade', (request, socket: Socket, head: Buffer) => {
    // Node before 24.9 doesn't ask `shouldUpgradeCallback`.
    if (webSockets === null || !asksForWebSocket(request, webSockets)) return refuse(socket);
    try {
      webSockets.accept(request, socket, head);
    } catch (error) {
      parts.log.error({ err: error }, 'a connection could not be taken over');
      socket.destroy();
    }
  });
  return server;
}

function asksForWebSocket({ method, url, headers }: IncomingMessage, { path }: WebSocketWay): boolean {
  if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket') return false;
  return (url ?? '').split('?', 1)[0] === path;
}
