import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createAddressOf, createSourceOf, sourceKey } from './client-address.ts';

const request = (peer: string, forwarded?: string) =>
  ({ socket: { remoteAddress: peer }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each([
  ['nobody is trusted', [], '203.0.113.7', '192.0.2.1', '203.0.113.7'],
  ['a stranger names another', ['127.0.0.1'], '203.0.113.7', '192.0.2.1', '203.0.113.7'],
  ['the proxy names the client', ['127.0.0.1'], '127.0.0.1', '192.0.2.1', '192.0.2.1'],
  ['the client wrote something before the proxy', ['127.0.0.1'], '127.0.0.1', '198.51.100.9, 192.0.2.1', '192.0.2.1'],
  ['two proxies stand in a row', ['127.0.0.1', '10.0.0.0/8'], '127.0.0.1', '192.0.2.1, 10.1.2.3', '192.0.2.1'],
  ['the proxy is an IPv4 address on an IPv6 socket', ['127.0.0.1'], '::ffff:127.0.0.1', '192.0.2.1', '192.0.2.1'],
  ['the client has IPv6', ['::1'], '::1', '2001:db8::7', '2001:db8::7'],
  ['the proxy names nobody', ['127.0.0.1'], '127.0.0.1', undefined, '127.0.0.1'],
  ['the proxy passes on what is no address', ['127.0.0.1'], '127.0.0.1', 'unknown', '127.0.0.1'],
])('where %s', (_, trusted, peer, forwarded, address) => {
  expect(createAddressOf(trusted)(request(peer, forwarded))).toBe(address);
});

test.each([
  ['a stranger', ['10.0.0.0/8'], '203.0.113.7', '203.0.113.7'],
  ['a host with IPv6', [], '2001:db8:1:2::7', '2001:db8:1:2::/64'],
  ['a proxy that is trusted', ['10.0.0.0/8'], '10.1.2.3', null],
  ['such a proxy on an IPv6 socket', ['10.0.0.0/8'], '::ffff:10.1.2.3', null],
  ['a proxy that nobody trusts', [], '10.1.2.3', '10.1.2.3'],
  ['somebody who is gone', [], undefined, null],
])('a connection of %s is one of its source', (_, trusted, remoteAddress, source) => {
  expect(createSourceOf(trusted)({ remoteAddress })).toBe(source);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:0201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:0DB8:0000:0000:ffff::', '2001:db8:0:0::/64'],
  ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['1::2:3:4:5:6', '1:0:0:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
  ['simulated', 'simulated'],
])('%s is of source %s', (address, source) => expect(sourceKey(address)).toBe(source));
