import { LINGER_MS } from '../runtime/end-socket.ts';

/** What one client, and all of them together, may take of the server. Times in milliseconds. */
export interface HttpLimits {
  /** Bytes of a request line with its headers. */
  readonly headerBytes: number;
  /** From the opening of a connection, or the first byte of a further request, until its headers are complete; at most requestMs. */
  readonly headersMs: number;
  /** The same until its body is complete. The wait for a card isn't part of it. */
  readonly requestMs: number;
  /** How often connections are held against these times. */
  readonly checkMs: number;
  /** An idle connection is closed after this. */
  readonly keepAliveMs: number;
  /** A connection that is being ended may stay this long, for its client to read the last answer. */
  readonly lingerMs: number;
  /** Connections beyond this many are closed as they come. Each agent holds one, and so does each waiting request. */
  readonly connections: number;
  readonly requestsPerConnection: number;
  /** How long the readiness check may take. */
  readonly readinessMs: number;
}

/** Clients of this API send half a kilobyte at once: whoever needs more than these times isn't one of them. */
export const HTTP_LIMITS: HttpLimits = {
  headerBytes: 8 * 1024,
  headersMs: 10_000,
  requestMs: 15_000,
  checkMs: 2_000,
  keepAliveMs: 10_000,
  lingerMs: LINGER_MS,
  // 5,000 agents, as many again whose old connection isn't known to be gone yet, and 2,000 callers.
  connections: 12_000,
  requestsPerConnection: 1_000,
  readinessMs: 2_000,
};
