import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request isn't served. The message is for the person who reads it in a browser or a script. */
export const PAGE_REFUSALS = {
  'wrong-host': { status: 421, message: 'Open this page as http://127.0.0.1 or http://localhost with its port.' },
  'wrong-origin': { status: 403, message: "This request comes from another site; use the agent's own page." },
  'wrong-token': { status: 403, message: 'The page is older than the running agent; load it again.' },
  'not-found': { status: 404, message: 'There is nothing here; the page is at /.' },
  'wrong-method': { status: 405, message: 'This address is used with another method; see the header Allow.' },
  'too-long': { status: 413, message: 'The request is too long; the page sends less.' },
  'not-json': { status: 415, message: 'Send JSON, with the content type application/json.' },
  'bad-request': { status: 400, message: 'The request is not what the page sends; load the page again.' },
  failed: { status: 500, message: 'The agent failed at this; its log says why. Send both to whoever maintains it.' },
} as const;
export type PageRefusal = keyof typeof PAGE_REFUSALS;

/** The header that holds the page's token. No form and no other site's script can set it without being allowed to. */
export const TOKEN_HEADER = 'x-keyrack-page';

/**
 * What an address demands. `document`: opened by a person, by a link too. `part`: loaded by the page. `stream`: the
 * state of the desk. `action`: changes something.
 */
export type Protection = 'document' | 'part' | 'stream' | 'action';

export interface Guard {
  readonly port: number;
  /** 43 characters that a process makes once and only its page knows. */
  readonly token: string;
}

/**
 * Whether a request may be served. The page is on loopback, but every site that is open in this computer's browser
 * can send requests there:
 *
 * - The host name must be ours, or another site whose name was pointed at 127.0.0.1 (DNS rebinding) would be the
 *   page's own origin. The port belongs to it.
 * - What another site begins is refused by what browsers say of it: `Sec-Fetch-Site`, and `Origin`. Another port of
 *   this computer is "same-site" and refused as well.
 * - State and actions take the token, which stands in the page that no other site can read. It isn't a cookie:
 *   cookies go to every port of a host.
 */
export function refusalOf(
  { headers }: Pick<IncomingMessage, 'headers'>,
  protection: Protection,
  { port, token }: Guard,
): PageRefusal | null {
  const { host, origin } = headers;
  if (host === undefined || !hostsOf(port).includes(host.toLowerCase())) return 'wrong-host';
  if (protection === 'document') return null;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return 'wrong-origin';
  // Browsers leave it out where a page loads its own parts.
  if (origin === undefined ? protection === 'action' : origin !== `http://${host}`) return 'wrong-origin';
  if (protection === 'part') return null;
  return isToken(headers[TOKEN_HEADER], token) ? null : 'wrong-token';
}

/** Browsers leave the port out where it is HTTP's own. */
function hostsOf(port: number): string[] {
  return ['127.0.0.1', 'localhost'].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}

function isToken(given: string | string[] | undefined, token: string): boolean {
  if (typeof given !== 'string' || given.length !== token.length) return false;
  return timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(token, 'latin1'));
}
