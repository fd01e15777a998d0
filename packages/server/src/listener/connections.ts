import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { endSocket } from '../runtime/end-socket.ts';
import type { ListenerLimits } from './limits.ts';

export type ConnectionLimits = Pick<
  ListenerLimits,
  | 'connections'
  | 'connectionsPerSource'
  | 'spareConnections'
  | 'restedMs'
  | 'requestsAtOnce'
  | 'requestsHeld'
  | 'requestsHeldByOne'
  | 'untakenMs'
  | 'lingerMs'
  | 'stop'
>;

/** The connections of one listener: what each is at, and when it has to go. */
export interface Connections {
  opened(socket: Socket): void;
  /** One was closed as it came, since there were as many as there may be. */
  dropped(): void;
  /** A request's headers are there. Calls `begin` now, or when fewer requests of its connection are under way. */
  requested(response: ServerResponse, begin: () => void): void;
  /** Whether an answer is being made there. Nothing else may be written in its place. */
  isAnswering(socket: Socket): boolean;
  /** Answers for the last time and ends it. */
  end(socket: Socket, lastWords: string): void;
  /** Somebody else looks after it from now on. It still counts, and ends with the last ones at a stop. */
  handedOver(socket: Socket): void;
  /** Ends what has been there for too long. To be called again and again. */
  sweep(): void;
  /** From now on, connections that nothing is answered on have little time, and the others an end. */
  stop(): void;
}

/**
 * What a connection is at. `resting`: new, or kept open for a further request. `receiving`: resting for long, with a part
 * of a request. `busy`: at least one request is under way, perhaps without all of its body. `answering`: the same, when it
 * was found to be all there. `ending`: it was answered for the last time.
 */
type Doing = 'resting' | 'receiving' | 'busy' | 'answering' | 'ending' | 'handed-over';

/** Connections by what they are at, in the order in which they came to it. */
type Shelves = Readonly<Record<Doing, Set<Connection>>>;

interface Connection {
  readonly socket: Socket;
  /** Who it comes from; null where nobody can tell, or it is one's own proxy. */
  readonly source: string | null;
  doing: Doing;
  /** The answers of requests that were begun, until their client has taken them. */
  underWay: Set<ServerResponse> | null;
  /** Begins each request that waits for those. Null, as above, where there are none: an agent's connection has neither. */
  held: (() => void)[] | null;
  /** When it came to rest or its first request came, and the bytes that it had received by then. */
  rested: { readonly since: number; readonly received: number };
  /** Bytes that its client has taken, and since when there are as many. */
  taken: { readonly since: number; readonly bytes: number };
}

export interface ConnectionsParts {
  readonly limits: ConnectionLimits;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
  /** Who a connection comes from, whose share it takes; null for whoever has none, such as one's own proxy. */
  readonly sourceOf: (socket: Socket) => string | null;
  /** Told of each connection that had to make room for others, or was one too many as it came. */
  readonly onShed: (which: 'new' | 'idle') => void;
}

export function trackConnections({ limits, now, sourceOf, onShed }: ConnectionsParts): Connections {
  const bySocket = new Map<Socket, Connection>();
  const at = emptyShelves();
  const bySource = new Map<string, Shelves>();
  /** Requests of all connections that wait to be begun. */
  let held = 0;
  let stoppedAt: number | null = null;

  const shelvesOf = ({ source }: Connection): readonly Shelves[] => {
    const own = source === null ? undefined : bySource.get(source);
    return own === undefined ? [at] : [at, own];
  };
  const move = (connection: Connection, doing: Doing) => {
    for (const shelves of shelvesOf(connection)) {
      shelves[connection.doing].delete(connection);
      shelves[doing].add(connection);
    }
    connection.doing = doing;
    if (doing === 'resting' || doing === 'busy')
      connection.rested = { since: now(), received: connection.socket.bytesRead };
  };
  const forget = (connection: Connection) => {
    bySocket.delete(connection.socket);
    for (const shelves of shelvesOf(connection)) {
      shelves[connection.doing].delete(connection);
      if (connection.source !== null && shelves !== at && sizeOf(shelves) === 0) bySource.delete(connection.source);
    }
    held -= connection.held?.splice(0).length ?? 0;
  };
  const isUntouched = ({ socket, rested }: Connection) => socket.bytesRead === rested.received;
  /** A request that isn't there in full may still be told that it comes too slowly. */
  const isAnswered = ({ underWay }: Connection) =>
    underWay !== null && [...underWay].some(({ req, headersSent }) => req.complete || headersSent);

  const hasRested = ({ rested }: Connection) => now() - rested.since >= limits.restedMs;
  /**
   * Whom closing harms least: answered for the last time, idle for longest, longest at sending a request, longest at
   * sending its body.
   */
  const leastMissed = (shelves: Shelves): Connection | undefined => {
    const [over] = shelves.ending;
    if (over !== undefined) return over;
    for (const connection of shelves.resting) {
      if (!hasRested(connection)) break;
      if (isUntouched(connection)) return connection;
      move(connection, 'receiving');
    }
    const [slowest] = shelves.receiving;
    if (slowest !== undefined) return slowest;
    for (const connection of shelves.busy) {
      if (!hasRested(connection)) break;
      if (!isAnswered(connection)) return connection;
      move(connection, 'answering');
    }
    return undefined;
  };
  const shed = (connection: Connection) => {
    connection.socket.destroy();
    forget(connection);
    onShed('idle');
  };
  const makeRoom = (needed: number) => {
    for (let over = bySocket.size + needed - (limits.connections - limits.spareConnections); over > 0; over -= 1) {
      const found = leastMissed(at);
      if (found === undefined) return;
      shed(found);
    }
  };
  /** A source beyond its share makes room for itself. False where it has none to give. */
  const makeOwnRoom = (source: string): boolean => {
    const own = bySource.get(source);
    if (own === undefined || sizeOf(own) - own['handed-over'].size < limits.connectionsPerSource) return true;
    const found = leastMissed(own);
    if (found !== undefined) shed(found);
    return found !== undefined;
  };

  const begin = (connection: Connection, response: ServerResponse, run: () => void) => {
    connection.underWay = (connection.underWay ?? new Set()).add(response);
    response.once('close', () => {
      connection.underWay?.delete(response);
      if (connection.underWay?.size === 0) connection.underWay = null;
      if (!bySocket.has(connection.socket)) return;
      // Answers that need no wait would otherwise follow each other without a turn for anybody else.
      if (connection.held !== null) setImmediate(beginNext, connection);
      else if (connection.underWay === null && isBusy(connection)) move(connection, 'resting');
    });
    run();
  };
  const beginNext = (connection: Connection) => {
    if ((connection.underWay?.size ?? 0) >= limits.requestsAtOnce) return;
    const next = connection.held?.shift();
    if (next === undefined) return;
    held -= 1;
    next();
    if (connection.held?.length !== 0) return;
    connection.held = null;
    connection.socket.resume();
  };

  const isOverdue = (connection: Connection): boolean => {
    const stoppingMs = stoppedAt === null ? null : now() - stoppedAt;
    if (stoppingMs !== null && stoppingMs >= limits.stop.answeringMs) return true;
    if (connection.doing === 'handed-over') return false;
    const { writableLength, bytesWritten } = connection.socket;
    // Node counts what it was given as written.
    const bytes = bytesWritten - writableLength;
    if (writableLength === 0 || bytes !== connection.taken.bytes) connection.taken = { since: now(), bytes };
    const untakenMs = now() - connection.taken.since;
    if (stoppingMs === null) return untakenMs >= limits.untakenMs;
    return (isAnswered(connection) ? untakenMs : stoppingMs) >= limits.stop.othersMs;
  };

  // One listener for all connections, where ten thousand of each would take memory.
  function onClose(this: Socket) {
    const connection = bySocket.get(this);
    if (connection !== undefined) forget(connection);
  }
  function onFinish(this: Socket) {
    const connection = bySocket.get(this);
    if (connection !== undefined) move(connection, 'ending');
  }

  return {
    opened(socket) {
      const source = sourceOf(socket);
      if (source !== null && !makeOwnRoom(source)) {
        socket.destroy();
        onShed('new');
        return;
      }
      makeRoom(1);
      if (source !== null && !bySource.has(source)) bySource.set(source, emptyShelves());
      const connection: Connection = {
        socket,
        source,
        doing: 'resting',
        underWay: null,
        held: null,
        rested: { since: now(), received: 0 },
        taken: { since: now(), bytes: 0 },
      };
      bySocket.set(socket, connection);
      move(connection, 'resting');
      socket.on('close', onClose);
    },
    dropped: () => makeRoom(1),
    requested(response, run) {
      const { socket } = response.req;
      const connection = bySocket.get(socket);
      if (connection === undefined) return;
      move(connection, 'busy');
      const beginNow = () => begin(connection, response, run);
      if (connection.held === null && (connection.underWay?.size ?? 0) < limits.requestsAtOnce) return beginNow();
      if (held >= limits.requestsHeld || (connection.held?.length ?? 0) >= limits.requestsHeldByOne) {
        socket.destroy();
        stopParsing(socket);
        return forget(connection);
      }
      held += 1;
      connection.held ??= [];
      connection.held.push(beginNow);
      // Requests that were read before still come, one by one.
      socket.pause();
    },
    isAnswering(socket) {
      const connection = bySocket.get(socket);
      return connection !== undefined && isAnswered(connection);
    },
    end(socket, lastWords) {
      const connection = bySocket.get(socket);
      if (connection !== undefined) move(connection, 'ending');
      // Whoever was answered for the last time asks for nothing more.
      stopParsing(socket);
      endSocket(socket, lastWords, limits.lingerMs);
    },
    handedOver(socket) {
      const connection = bySocket.get(socket);
      if (connection === undefined) return;
      move(connection, 'handed-over');
      // Whoever took it over has said its last words. What lingers keeps nobody out, and takes its source's share.
      socket.on('finish', onFinish);
    },
    sweep() {
      makeRoom(0);
      for (const connection of [...bySocket.values()]) if (isOverdue(connection)) connection.socket.destroy();
    },
    stop() {
      stoppedAt = now();
      for (const connection of [...at.resting]) if (isUntouched(connection)) connection.socket.destroy();
    },
  };
}

function emptyShelves(): Shelves {
  return {
    resting: new Set(),
    receiving: new Set(),
    busy: new Set(),
    answering: new Set(),
    ending: new Set(),
    'handed-over': new Set(),
  };
}

function sizeOf(shelves: Shelves): number {
  return Object.values(shelves).reduce((sum, { size }) => sum + size, 0);
}

/**
 * Node's parser makes requests of all that was read, also of a destroyed connection: 1,900 small ones of 64 KB. Each takes
 * 50 µs to be aborted, which many such connections at once would add up to seconds. What the parser calls for each may
 * answer that the rest is no HTTP (an upgrade). No documentation says so; `requests-sent-ahead.test.ts` notices where it ends.
 */
function stopParsing(socket: Socket): void {
  const { parser } = socket as { parser?: { onIncoming?: unknown } | null };
  if (typeof parser?.onIncoming === 'function') parser.onIncoming = () => UPGRADED;
}

/** As Node's own `onIncoming` answers for an upgrade. */
const UPGRADED = 2;

function isBusy({ doing }: Connection): boolean {
  return doing === 'busy' || doing === 'answering';
}
