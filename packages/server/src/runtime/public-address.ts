import { AGENT_PATH } from '@keyrack/protocol';

/** The addresses that people are shown, in every link and command. */
export interface PublicAddress {
  /** For people and the property's software, without a slash at its end. */
  readonly url: string;
  /** What an agent's `--server` takes. */
  readonly agents: string;
}

/**
 * What to show: KEYRACK_PUBLIC_URL where it is set, since a proxy in front may have another name and port; else where
 * the server listens, as this computer reaches it.
 */
export function publicAddress(publicUrl: string | null, listening: string): PublicAddress {
  const url = publicUrl ?? reachable(listening);
  return { url, agents: agentAddress(url) };
}

/** The agents' address of a server whose own is `url`. */
export function agentAddress(url: string): string {
  return `${url.replace(/^http/, 'ws')}${AGENT_PATH}`;
}

/** The same address as a client on this computer can use it: one that means "all addresses" is no destination. */
export function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}

/** The same address by the name that browsers trust without TLS: they use passkeys there. */
export function onThisComputer(listening: string): string {
  return `http://localhost:${new URL(listening).port || 80}`;
}

/** Whether only this computer can reach it. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
