import { agentAddress, isLoopback } from './public-address.ts';

/** The line that pairs a front desk: every page and command that tells one takes it from here. */

/** @param agents the agents' address, as `agentAddress` makes it */
export function deskCommand(agents: string, code: string): string {
  return `npx keyrack agent --server ${quoted(agents)} --pair ${code} --pcsc`;
}

/** Shells take brackets, as of an IPv6 address, for a pattern; those of Windows know double quotes alone. */
export function quoted(word: string): string {
  return /^[0-9A-Za-z_@%+=:,./-]+$/.test(word) ? word : `"${word}"`;
}

/** How a browser reached a page, as far as anybody tells. */
export interface PageOpened {
  /** The origin that the page's own script saw (`location.origin`). No proxy can change what it says. */
  readonly origin: string | null;
  /** The request's Host. */
  readonly host: string | undefined;
  /** The request's X-Forwarded-Proto. It chooses between two lines to show, so that it needs no trusted proxy. */
  readonly forwardedProto: string | undefined;
}

/**
 * The agents' address for a line that a page shows: that of KEYRACK_PUBLIC_URL, else the one by which the browser came.
 * `wss` where the page was opened by https. Where nobody tells, plain text is for this computer alone.
 */
export function agentsOfPage(publicUrl: string | null, opened: PageOpened): string {
  return agentAddress(publicUrl ?? originOf(opened) ?? 'https://HOST');
}

/** Whether agents on other computers can't use this address: plain text is refused but on the server's own computer. */
export function isPlainForOthers(agents: string): boolean {
  return agents.startsWith('ws:') && !isLoopback(agents);
}

function originOf({ origin, host = '', forwardedProto }: PageOpened): string | null {
  if (origin !== null && isOrigin(origin)) return origin;
  if (!isOrigin(`http://${host}`)) return null;
  if (forwardedProto === 'https') return `https://${host}`;
  return isLoopback(`http://${host}`) ? `http://${host}` : `https://${host}`;
}

/** Nothing but a scheme, a host and perhaps a port: it is shown as part of a command. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[0-9A-Za-z.:[\]-]{1,255}$/.test(text) && URL.canParse(text);
}
