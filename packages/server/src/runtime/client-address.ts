import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6, SocketAddress } from 'node:net';
import proxyAddr from '@fastify/proxy-addr';

/** The address of the client that sent a request: the connection's, or the one that a trusted proxy names. */
export type AddressOf = (request: IncomingMessage) => string;

/**
 * Believes X-Forwarded-For only as far as trusted proxies wrote it: read from the right, the first address that isn't
 * a trusted proxy's is the client. Text that is no address counts as none, and the connection's address stands.
 *
 * `trusted` holds addresses and ranges (`10.0.0.0/8`). Throws a TypeError where one of them is neither.
 */
export function createAddressOf(trusted: readonly string[]): AddressOf {
  const isTrusted = proxyAddr.compile([...trusted]);
  return (request) => {
    const peer = request.socket.remoteAddress ?? '';
    if (trusted.length === 0 || peer === '') return peer;
    const named = proxyAddr(request, isTrusted);
    return isIP(named) === 0 ? peer : named;
  };
}

/**
 * Who a connection comes from, before it has said anything: its source, or null for a trusted proxy, which brings the
 * connections of many.
 */
export function createSourceOf(
  trusted: readonly string[],
): (peer: { readonly remoteAddress?: string | undefined }) => string | null {
  const isTrusted = proxyAddr.compile([...trusted]);
  return ({ remoteAddress }) => {
    if (remoteAddress === undefined || (trusted.length > 0 && isTrusted(remoteAddress, 0))) return null;
    return sourceKey(remoteAddress);
  };
}

/** One source: an IPv4 address, also where it comes as IPv6; of IPv6 the network, since one host has all of it. */
export function sourceKey(address: string): string {
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return address;
  // One spelling of each, in which an IPv4 address has its dots: else all of them would be one network.
  const spelt = new SocketAddress({ address: plain, family: 'ipv6' }).address;
  const mapped = /^::ffff:([0-9.]+)$/.exec(spelt)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail = ''] = spelt.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const gap = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return `${[...front, ...gap, ...back].slice(0, 4).join(':')}::/64`;
}

/** Whether an address is one of these, or in one of these ranges. */
export function isWithin(ranges: readonly string[], address: string): boolean {
  return isIP(address) !== 0 && proxyAddr.compile([...ranges])(address, 0);
}

/** Whether this is an address, or a range of them (`10.0.0.0/8`). */
export function isAddressRange(text: string): boolean {
  // Names of ranges, as `loopback`, are the library's own.
  if (!/^[0-9a-fA-F.:]+(?:\/\d{1,3})?$/.test(text)) return false;
  try {
    proxyAddr.compile([text]);
    return true;
  } catch {
    return false;
  }
}
