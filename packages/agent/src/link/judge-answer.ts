import { AGENT_PATH, agentEndpointAnswer } from '@keyrack/protocol';
import { type Obstacle, obstacle, placeOf } from './obstacle.ts';

/** An answer over HTTP where a WebSocket was asked for. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The beginning of its body; `ANSWER_BYTES` are enough to know a Keyrack server. */
  readonly body: string;
}

/** How much of an answer's body is looked at. Bytes. */
export const ANSWER_BYTES = 2_048;

/** What a Keyrack server answers to whom it has no room for. */
const BUSY = 503;

/** What a Keyrack server tells of itself; null where something else answers. */
export function keyrackIn({ status, body }: HttpAnswer): { readonly protocol: number; readonly time: number } | null {
  if (status !== 426 && status !== BUSY) return null;
  try {
    return agentEndpointAnswer.parse(JSON.parse(body)).keyrack;
  } catch {
    return null;
  }
}

/**
 * Describes an answer in short: status, media type and the name of the server software. Logs, terminals and a page show
 * it, so it repeats only a few plain letters of what a stranger sent.
 */
export function describeAnswer({ status, headers }: HttpAnswer): string {
  const type = /^[\w.+-]{1,40}\/[\w.+-]{1,40}$/.exec(mediaTypeOf(headers))?.[0];
  const software = /^[\w./ ()+-]{1,40}/.exec(String(headers.server ?? ''))?.[0]?.trim();
  return [`HTTP ${status}`, type, software].filter(Boolean).join(', ');
}

/**
 * Why an answer over HTTP is no connection to a Keyrack server, and what is missing.
 * @param proxy what it came through, named without user and password; null for nothing
 */
export function judgeAnswer(server: URL, answer: HttpAnswer, proxy: string | null): Obstacle {
  const { status, headers } = answer;
  const what = describeAnswer(answer);
  const host = placeOf(server, proxy);
  if (keyrackIn(answer) !== null && status === BUSY) {
    const found = `too many agents connect to the Keyrack server at ${host} at once; this one tries again (${what})`;
    return obstacle('server-busy', found, null, what);
  }
  if (keyrackIn(answer) !== null) {
    return obstacle(
      'no-upgrade',
      `the Keyrack server at ${host} was asked for no WebSocket: a proxy in front of it doesn't pass on the Upgrade header (${what})`,
      "Set the proxy up as docs/reverse-proxy.md says; this computer's network and certificates are in order.",
      what,
    );
  }
  if (status >= 300 && status < 400) {
    const to = originOf(headers.location, server);
    return obstacle(
      'redirect',
      `${host} sends on to ${to ?? 'another address'} (${what}), and redirects aren't followed`,
      `Name the address of Keyrack itself, ${agentAddress(server)}. ${LOG_IN}`,
      to === null ? what : `${what} → ${to}`,
    );
  }
  if (status === 511) return obstacle('network-log-in', `this network wants a log-in first (${what})`, LOG_IN, what);
  if ([502, 503, 504].includes(status)) {
    return obstacle(
      'behind-down',
      `${host} answers that the server behind it is away (${what})`,
      'Start the Keyrack server, and check where the proxy in front of it leads: see docs/reverse-proxy.md.',
      what,
    );
  }
  if (status === 401 || status === 403) {
    return obstacle(
      'access-refused',
      `${host} refuses access before Keyrack is asked (${what})`,
      `The proxy in front of Keyrack must let ${AGENT_PATH} through without a log-in of its own: see docs/reverse-proxy.md.`,
      what,
    );
  }
  if (server.pathname !== AGENT_PATH) {
    return obstacle(
      'other-path',
      `no agents are served at the path ${server.pathname} of ${host} (${what})`,
      `Name the server as ${agentAddress(server)}.`,
      what,
    );
  }
  if (mediaTypeOf(headers) === 'text/html') {
    return obstacle(
      'web-page',
      `a web page answers at ${host} instead of Keyrack (${what})`,
      `Check the address; behind a proxy, ${AGENT_PATH} must lead to Keyrack: see docs/reverse-proxy.md. ${LOG_IN}`,
      what,
    );
  }
  return obstacle(
    'other-server',
    `another server than Keyrack answers at ${host} (${what})`,
    `Check the address; behind a proxy, ${AGENT_PATH} must lead to Keyrack: see docs/reverse-proxy.md.`,
    what,
  );
}

const LOG_IN = 'Where this network has a log-in page, log in with a browser on this computer first.';

function agentAddress({ protocol, host }: URL): string {
  return `${protocol}//${host}${AGENT_PATH}`;
}

function mediaTypeOf(headers: HttpAnswer['headers']): string {
  return String(headers['content-type'] ?? '')
    .split(';', 1)
    .join('')
    .trim()
    .toLowerCase();
}

/** Scheme and host of a redirect, and nothing of the rest: a log-in page's address may hold tokens. */
function originOf(location: string | string[] | undefined, server: URL): string | null {
  const base = server.href.replace(/^ws/, 'http');
  const url = typeof location === 'string' ? URL.parse(location, base) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.origin.length <= 100 ? url.origin : null;
}
