/**
 * The newest version of the messages between agent and server. An agent names the range that it speaks where it connects
 * (`agentAddress`). The server's challenge names the highest that both speak, and everything after it is in that one.
 *
 * - 1: the first.
 * - 2: the agent tells when a card was lifted (`lifted`, and in `catch-up`).
 * - 3: the agent tells why what lies there can't be used (`unusable`); the server names the key to try first (`keys`);
 *   it tells which encoders another desk has too (`disputes`); a long journal comes in several messages (`records`).
 * - 4: the agent tells which encoders are simulated; the server drives those (`sandbox`); it tells what people called
 *   encoders and chose for them (`called`).
 * - 5: the agent asks which version of its program the server offers (`ask-offer`, answered by `offer`), and tells which one
 *   it tried in vain (`update-failed`); the server tells the version of its own (`challenge`).
 */
export const AGENT_PROTOCOL = 5;
/** The oldest version that is still spoken. */
export const OLDEST_AGENT_PROTOCOL = 1;
/**
 * The oldest version that the next release goes on speaking. A version is given up one release after this number has passed
 * it, so that people hear of it first. docs/decisions/0040-versions.md says how it is moved.
 */
export const OLDEST_KEPT_PROTOCOL = 4;

/** The version in which an agent tells when a card was lifted. */
export const TELLS_LIFTING = 2;

/** The version in which an agent tells why what lies on an encoder can't be used. */
export const TELLS_UNUSABLE = 3;
/** The version in which the server names the key that is likely a card's. */
export const NAMES_LIKELY_KEY = 3;
/** The version in which an agent tells a long journal in several messages. */
export const TAKES_JOURNAL_IN_PARTS = 3;
/** The version in which an agent is told which of its encoders are in dispute. */
export const TELLS_DISPUTES = 3;
/** The version in which an agent tells which encoders are simulated, and the server drives those. */
export const HAS_SANDBOX = 4;
/** The version in which an agent is told what people called its encoders and chose for them. */
export const TELLS_CALLED = 4;
/** The version in which an agent is told which version of its program the server offers. */
export const OFFERS_UPDATES = 5;
/** The version in which the server tells the version of its program. */
export const TELLS_SERVER_VERSION = 5;

/** The versions of the messages that one side speaks: these two, and all between. */
export interface Protocols {
  readonly oldest: number;
  readonly newest: number;
}

export const SPOKEN_PROTOCOLS: Protocols = { oldest: OLDEST_AGENT_PROTOCOL, newest: AGENT_PROTOCOL };

export function isSpoken(protocol: number): boolean {
  return protocol >= SPOKEN_PROTOCOLS.oldest && protocol <= SPOKEN_PROTOCOLS.newest;
}

/** The highest version that both speak. Where there is none, the server's that is nearest to the agent's. */
export function protocolFor(agent: Protocols, server: Protocols = SPOKEN_PROTOCOLS): number {
  return Math.max(server.oldest, Math.min(server.newest, agent.newest));
}

/** The parameters of the agent's address. A server of version 1 ignores both, and servers before version 5 the second. */
const NEWEST_PARAMETER = 'protocol';
const OLDEST_PARAMETER = 'oldest-protocol';

/** Where an agent connects, with what it speaks. */
export function agentAddress(url: string, speaks: Protocols = SPOKEN_PROTOCOLS): string {
  const address = new URL(url);
  address.searchParams.set(NEWEST_PARAMETER, String(speaks.newest));
  address.searchParams.set(OLDEST_PARAMETER, String(speaks.oldest));
  return address.href;
}

/** What an agent speaks that asked for this address (`/agent?protocol=5&oldest-protocol=1`). Before version 5, from 1 on. */
export function protocolsAsked(address: string): Protocols {
  const asked = new URLSearchParams(address.split('?', 2)[1] ?? '');
  const numberIn = (name: string) => {
    const text = asked.get(name) ?? '';
    return /^[0-9]{1,4}$/.test(text) ? Math.max(1, Number(text)) : 1;
  };
  const newest = numberIn(NEWEST_PARAMETER);
  return { newest, oldest: Math.min(newest, numberIn(OLDEST_PARAMETER)) };
}
