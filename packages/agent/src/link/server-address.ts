import { networkInterfaces } from 'node:os';

/** An address or a proxy can't be used; the message says what it must be. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

/**
 * The address of a server's agent endpoint, checked: `wss://…`, or `ws://…` on this very computer. Over plain text,
 * whoever stands in between reads the keys of cards, and can pass a handshake on and go on in the agent's name.
 * @throws AddressError
 */
export function checkServerAddress(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'wss:' && url.protocol !== 'ws:') || url.hostname === '') {
    throw new AddressError(`${text} isn't the address of a server; name it as wss://HOST/agent.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new AddressError('The address of the server takes no user and password; leave them out.');
  }
  if (url.protocol === 'ws:' && !isThisComputer(url.hostname)) {
    throw new AddressError(
      `${text} is plain text, which only a server on this very computer may be reached by; name it as wss://….`,
    );
  }
  return url;
}

function isThisComputer(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]') return true;
  const bare = hostname.replace(/^\[|\]$/g, '');
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === bare));
}
