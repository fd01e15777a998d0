import { Resolver } from 'node:dns/promises';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, isIPv4, type LookupFunction } from 'node:net';
import type { Attempt, DeliveryProblem } from '../../domain/webhook.ts';
import type { WebhookNetworks } from './networks.ts';

/** What is read of an answer: nothing in it matters but its status. */
const ANSWER_BYTES = 16 * 1024;

export interface EventRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SendParts {
  readonly networks: WebhookNetworks;
  /** From the first look-up of the name to the end of the answer. */
  readonly timeoutMs: number;
  readonly monotonic: () => number;
  /** Aborted where nobody waits for it any more. */
  readonly ended?: AbortSignal;
  /** The addresses of a name; those of DNS unless given. */
  readonly resolve?: (name: string) => Promise<readonly string[]>;
}

/** Nothing is sent to this address. */
class AddressRefused extends Error {}

/**
 * Sends one event once. The address is judged that is connected to: each attempt looks the name up once and connects to what was
 * judged. Redirects aren't followed. Never rejects.
 */
export async function sendEvent({ url, headers, body }: EventRequest, parts: SendParts): Promise<Attempt> {
  const { networks, timeoutMs, monotonic } = parts;
  const began = monotonic();
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  const ended = parts.ended === undefined ? timeout.signal : AbortSignal.any([timeout.signal, parts.ended]);
  const over = (status: number | null, problem: DeliveryProblem | null, retryAfterMs = 0): Attempt => ({
    delivered: problem === null,
    status,
    problem,
    ms: monotonic() - began,
    retryAfterMs,
  });
  try {
    const target = new URL(url);
    const isSecure = target.protocol === 'https:';
    const allows = (address: string) => networks.allows(address, isSecure);
    // Node looks no name up where the host is an address.
    const literal = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !allows(literal)) return over(null, 'address');
    const request = (isSecure ? httpsRequest : httpRequest)(target, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      // A connection of its own, which is judged.
      agent: false,
      lookup: judgedLookup(allows, parts.resolve ?? resolveByDns),
      signal: ended,
      maxHeaderSize: 16 * 1024,
    });
    const answer = await answerOf(request, body, allows);
    const status = answer.statusCode ?? 0;
    await takeSome(answer);
    if (status >= 200 && status < 300) return over(status, null);
    return over(status, status >= 300 && status < 400 ? 'redirect' : 'status', retryAfterOf(answer));
  } catch (error) {
    if (error instanceof AddressRefused) return over(null, 'address');
    return over(null, timeout.signal.aborted ? 'timeout' : 'connection');
  } finally {
    clearTimeout(timer);
    timeout.abort();
  }
}

function answerOf(
  request: ClientRequest,
  body: string,
  allows: (address: string) => boolean,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
    // An answer that is none, like a change of protocols, ends the connection without a word.
    request.once('close', () => reject(new Error('the connection ended without an answer')));
    request.once('socket', (socket) =>
      socket.once('connect', () => {
        if (!allows(socket.remoteAddress ?? '')) request.destroy(new AddressRefused());
      }),
    );
    request.end(body);
  });
}

/** Looks a name up, and gives only addresses that may be sent to. */
function judgedLookup(
  allows: (address: string) => boolean,
  resolve: (name: string) => Promise<readonly string[]>,
): LookupFunction {
  return (name, options, callback) => {
    resolve(name).then(
      (addresses) => {
        const judged = addresses
          .filter(allows)
          .map((address) => ({ address, family: isIPv4(address) ? (4 as const) : (6 as const) }));
        const [first] = judged;
        if (first === undefined) callback(new AddressRefused('nothing is sent to this address'), []);
        else if (options.all === true) callback(null, judged);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as Error, []),
    );
  };
}

/**
 * Asks DNS, and not the system: its look-ups take threads that passwords are checked on, so that a name server that is silent
 * would hold up cards. So the hosts file isn't read; `localhost` is what it is everywhere.
 */
async function resolveByDns(name: string): Promise<readonly string[]> {
  if (name === 'localhost') return ['127.0.0.1', '::1'];
  const resolver = new Resolver({ timeout: 4_000, tries: 2 });
  const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const addresses = found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
  if (addresses.length === 0) throw new Error('the name has no address');
  return addresses;
}

/** Lets a receiver finish its answer, unless that is long. */
function takeSome(answer: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > ANSWER_BYTES) answer.destroy();
    });
    answer.once('close', resolve);
    // It was cut off: its status is known all the same.
    answer.once('error', () => resolve());
  });
}

/** Seconds alone: a date would need the receiver's clock. */
function retryAfterOf({ statusCode, headers }: IncomingMessage): number {
  const seconds = /^\d{1,6}$/.exec(headers['retry-after'] ?? '')?.[0];
  return seconds !== undefined && (statusCode === 429 || statusCode === 503) ? Number(seconds) * 1_000 : 0;
}
