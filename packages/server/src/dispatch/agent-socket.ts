import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { AGENT_LIMITS, AGENT_PATH, type Protocols, protocolFor, protocolsAsked } from '@keyrack/protocol';
import { type RawData, type ServerOptions, WebSocket, WebSocketServer } from 'ws';
import { STRANGERS } from '../domain/limits.ts';
import { type AddressOf, sourceKey } from '../runtime/client-address.ts';
import type { Clock } from '../runtime/clock.ts';
import { endSocket, LINGER_MS } from '../runtime/end-socket.ts';
import type { FailureLog } from '../runtime/failure-log.ts';
import { tellServer } from '../runtime/tell-server.ts';
import { writeAnswer } from '../runtime/write-answer.ts';
import type { AgentSession } from './agent-session.ts';
import type { Channel } from './channel.ts';
import type { Dispatcher } from './dispatcher.ts';
import { createUnprovedConnections, type UnprovedLimits } from './unproved-connections.ts';

/** What may wait in memory to be sent to one agent; one that takes no more than that is cut off. Bytes. */
const UNSENT_BYTES = 4 * 1024 * 1024;

export interface AgentSockets {
  readonly path: string;
  /** Takes over the connection of a request that asks for a WebSocket at `path`. */
  accept(request: IncomingMessage, socket: Socket, head: Buffer): void;
  close(): void;
}

export interface AgentSocketParts {
  readonly dispatcher: Dispatcher;
  readonly addressOf: AddressOf;
  readonly clock: Clock;
  readonly failures: Pick<FailureLog, 'note'>;
  readonly limits?: UnprovedLimits;
}

/** A request for a WebSocket, with what came behind it. */
interface Handshake {
  readonly request: IncomingMessage;
  readonly socket: Socket;
  readonly head: Buffer;
}

/** A WebSocket with what its listeners need, so that one of each serves all agents: ten thousand would take memory. */
class AgentWebSocket extends WebSocket {
  session: AgentSession | null = null;
  openedAt = 0;
  controlFrames = 0;
}

interface Upgraded extends Pick<Channel, 'protocol' | 'address'> {
  readonly speaks: Protocols;
  readonly webSocket: AgentWebSocket;
  readonly socket: Socket;
  /** To be called when it has proved who it is, or is gone. */
  readonly leave: () => void;
}

/**
 * Takes up agents' WebSockets, from the handshake on. A connection that has proved nothing waits for a place among those
 * of its source, and then may send so many bytes and no more, however they are framed.
 */
export function createAgentSockets(parts: AgentSocketParts): AgentSockets {
  const { dispatcher, addressOf, clock, failures, limits = STRANGERS.connections } = parts;
  const unproved = createUnprovedConnections(limits, clock);
  const options: ServerOptions<typeof AgentWebSocket> & { readonly closeTimeout: number } = {
    noServer: true,
    WebSocket: AgentWebSocket,
    maxPayload: AGENT_LIMITS.messageBytes,
    perMessageDeflate: false,
    clientTracking: true,
    // A client that closes by a frame alone, and keeps its socket open, is closed all the same.
    closeTimeout: LINGER_MS,
  };
  const sockets = new WebSocketServer(options);
  sockets.on('wsClientError', (error, socket, request) => {
    failures.note(addressOf(request), { fault: error.message }, 'agent failed before authentication');
    endSocket(socket, refusedHandshake(error.message));
  });

  /** Answers the handshake. Returns what ends the connection where it has to make room for others. */
  const begin = ({ request, socket, head }: Handshake, leave: () => void): (() => void) => {
    const speaks = protocolsAsked(request.url ?? '');
    const address = addressOf(request);
    let session: AgentSession | null = null;
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      session = connect({ webSocket, socket, protocol: protocolFor(speaks), speaks, address, leave });
    });
    return () => session?.end('no-room');
  };

  const connect = ({ webSocket, socket, protocol, speaks, address, leave }: Upgraded): AgentSession => {
    // Before ws hears of them: it keeps a frame's bytes until the frame is whole, and a message's until that is.
    let bytes = 0;
    /** Forgotten when it was called: it holds all that is kept about a connection that has proved nothing. */
    let left = leave;
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > STRANGERS.bytes) session.end('too-much');
    };
    const session = dispatcher.connect({
      protocol,
      speaks,
      address,
      proved() {
        socket.off('data', count);
        left();
        left = NOTHING;
      },
      send(text) {
        if (webSocket.readyState !== webSocket.OPEN) return;
        if (webSocket.bufferedAmount > UNSENT_BYTES) return webSocket.terminate();
        webSocket.send(text);
      },
      close() {
        webSocket.close();
        // Nothing that still comes is kept, and the connection is gone soon, whatever its client does.
        endSocket(socket);
      },
    });
    socket.prependListener('data', count);
    webSocket.session = session;
    webSocket.openedAt = clock.monotonic();
    webSocket.on('ping', countFrame);
    webSocket.on('pong', countFrame);
    // A long message over a slow line takes longer than an agent may be silent.
    socket.on('data', session.heard);
    webSocket.on('message', onMessage);
    webSocket.on('close', onClose);
    webSocket.on('error', onError);
    return session;
  };
  function countFrame(this: WebSocket) {
    const webSocket = this as AgentWebSocket;
    webSocket.controlFrames += 1;
    const most = STRANGERS.controlFrames + (clock.monotonic() - webSocket.openedAt) / 1_000;
    if (webSocket.controlFrames > most) webSocket.session?.end('too-much');
  }

  /** Lets go of the handshake when it is answered: it is a quarter of what an idle connection would keep in memory. */
  const enter = (address: string, asked: Handshake) => {
    const { socket } = asked;
    let waiting: Handshake | null = asked;
    let stopReading = () => {};
    let giveWay = () => {};
    const answer = (): Handshake | null => {
      const handshake = waiting;
      waiting = null;
      stopReading();
      return handshake;
    };
    const leave = () => {
      socket.off('close', leave);
      leavePlace();
    };
    const leavePlace = unproved.enter(sourceKey(address), {
      begin() {
        const handshake = answer();
        if (handshake !== null) giveWay = begin(handshake, leave);
      },
      refuse() {
        answer();
        failures.note(address, { ending: 'no-room' }, 'agent failed before authentication');
        endSocket(socket, tooMany(clock.now()));
      },
      giveWay: () => giveWay(),
    });
    socket.on('close', leave);
    if (socket.destroyed) leave();
    else if (waiting !== null) stopReading = endIfHeard(socket, asked.head);
  };

  return {
    path: AGENT_PATH,
    accept(request, socket, head) {
      enter(addressOf(request), { request, socket, head });
    },
    close() {
      unproved.stop();
      for (const webSocket of sockets.clients) webSocket.terminate();
      sockets.close();
    },
  };
}

const NOTHING = () => {};

const sessionOf = (webSocket: WebSocket) => (webSocket as AgentWebSocket).session;

function onMessage(this: WebSocket, data: RawData, isBinary: boolean) {
  if (isBinary) sessionOf(this)?.end('bad-message');
  else sessionOf(this)?.receive(data.toString());
}

function onClose(this: WebSocket) {
  sessionOf(this)?.closed();
}

/** A frame that can't be: of a lost connection ws tells `close` alone. */
function onError(this: WebSocket) {
  sessionOf(this)?.end('bad-message');
}

/**
 * Ends a connection that says anything, or closes one half, while it waits to be answered: nothing is kept of it. To be
 * ended by the returned function, by whoever reads on in the same turn.
 */
function endIfHeard(socket: Socket, head: Buffer): () => void {
  const over = () => void socket.destroy();
  socket.on('data', over).on('end', over);
  if (head.length > 0) over();
  return () => void socket.off('data', over).off('end', over);
}

/** `fault` is one of the texts of ws, in its own words: nothing in it comes from the client. */
function refusedHandshake(fault: string): string {
  const body = `${fault}. Agents connect here, by the WebSocket protocol (RFC 6455); use the keyrack-agent of this version.\n`;
  return writeAnswer(400, { 'Content-Type': 'text/plain; charset=utf-8', 'Sec-WebSocket-Version': '13' }, body);
}

/** An agent knows the server by what it tells of itself, and tries again. */
function tooMany(now: number): string {
  const message = 'Too many agents connect at once; the agent tries again by itself.';
  const body = JSON.stringify({ status: 503, info: 'Service unavailable', message, ...tellServer(now) });
  return writeAnswer(503, { 'Content-Type': 'application/json; charset=utf-8', 'Retry-After': '5' }, body);
}
