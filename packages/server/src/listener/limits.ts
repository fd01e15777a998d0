import { LINGER_MS } from '../runtime/end-socket.ts';

/** What one client, and all of them together, may take of a listener. Times in milliseconds. */
export interface ListenerLimits {
  /** Bytes of a request line with its headers. */
  readonly headerBytes: number;
  /** From the opening of a connection, or the first byte of a further request, until its headers are complete; at most requestMs. */
  readonly headersMs: number;
  /** The same until its body is complete. The wait for a card isn't part of it. */
  readonly requestMs: number;
  /** How often connections are held against these times. */
  readonly checkMs: number;
  /** An idle connection is closed after this, or earlier where connections run short. */
  readonly keepAliveMs: number;
  /** A connection that is being ended may stay this long, for its client to read the last answer. */
  readonly lingerMs: number;
  /** An answer may lie for this long without its client taking any of it; then the connection ends. */
  readonly untakenMs: number;
  /** Connections beyond this many are closed as they come. Each agent holds one, and so does each waiting request. */
  readonly connections: number;
  /** Of one source, agents aside. One more makes room for itself among them, or is closed as it comes. */
  readonly connectionsPerSource: number;
  /** So many of them are kept free, by closing those that have been idle for longest. */
  readonly spareConnections: number;
  /** None that came to rest less than this ago is among those: its request may be on the way. */
  readonly restedMs: number;
  readonly requestsPerConnection: number;
  /** Requests of one connection that are under way at once. The next are neither begun nor, beyond a packet, read. */
  readonly requestsAtOnce: number;
  /** Requests of all connections that wait for others of their connection. One more ends its connection. Each takes some 3 KB. */
  readonly requestsHeld: number;
  /** The same of one connection: a packet of 64 KB may hold 1,900 small requests, and no client sends so many ahead. */
  readonly requestsHeldByOne: number;
  /** How long connections may last when the listener stops: those where an answer is being made, and the others. */
  readonly stop: { readonly answeringMs: number; readonly othersMs: number };
}

/** Clients send half a kilobyte at once: whoever needs more than these times isn't one of them. */
export const LISTENER_LIMITS: ListenerLimits = {
  headerBytes: 8 * 1024,
  headersMs: 10_000,
  requestMs: 15_000,
  checkMs: 1_000,
  // Common proxies reuse a connection for up to 60 s (nginx) and would answer 502 where the server closes it first.
  keepAliveMs: 75_000,
  lingerMs: LINGER_MS,
  // An answer of 1 MB is given to the system at once: this is a client on a line of 35 KB/s.
  untakenMs: 30_000,
  // 10,000 agents; 8,000 connections on their way on which nobody has proved anything (STRANGERS), among them agents whose
  // old connection isn't known to be gone yet; 2,000 callers.
  connections: 20_000,
  // All callers, through one address, as of software that serves many hotels.
  connectionsPerSource: 2_000,
  // Those of a flood, 8,000 a second, within `restedMs`, and some.
  spareConnections: 600,
  restedMs: 50,
  requestsPerConnection: 1_000,
  requestsAtOnce: 4,
  requestsHeld: 4_000,
  requestsHeldByOne: 32,
  // The answers of the longest wait that may be set; `main.ts` knows the one that is.
  stop: { answeringMs: 900_000, othersMs: 2_000 },
};
