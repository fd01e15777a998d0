import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createWayOf } from './page-way.ts';

const PROXY = '10.0.0.1';
const STRANGER = '203.0.113.7';
const PUBLIC = 'https://keys.example.com';
const request = (peer: string, proto?: string, host = 'keys.example.com') =>
  ({ socket: { remoteAddress: peer }, headers: { host, 'x-forwarded-proto': proto } }) as unknown as IncomingMessage;

test.each([
  ['nobody tells', null, STRANGER, undefined, false],
  ['the public address is by TLS', PUBLIC, STRANGER, undefined, true],
  ['the public address is plain', 'http://10.0.0.5:8080', STRANGER, undefined, false],
  ['a trusted proxy says so', null, PROXY, 'https', true],
  ['a trusted proxy says so in its own way', null, PROXY, ' HTTPS ', true],
  ['the first of two proxies says so', null, PROXY, 'https, http', true],
  ['a trusted proxy says that it came plainly', PUBLIC, PROXY, 'http', false],
  ['a trusted proxy says nothing', PUBLIC, PROXY, '', true],
  ['a stranger says so', null, STRANGER, 'https', false],
  ['a stranger says that it came plainly', PUBLIC, STRANGER, 'http', true],
])('whether a page came by TLS, where %s', (_, publicUrl, peer, proto, isSecure) => {
  expect(createWayOf(publicUrl, [PROXY])(request(peer, proto)).isSecure).toBe(isSecure);
});

test.each([
  ['the public address', PUBLIC, 'upstream:8080', PUBLIC, true],
  ['the host of the request', null, '127.0.0.1:8080', 'http://127.0.0.1:8080', true],
  ['the host, by a TLS that nobody told', null, 'keys.example.com', 'https://keys.example.com', true],
  ['the host without its usual port', null, 'keys.example.com:443', 'https://keys.example.com', true],
  ['an IPv6 host', null, '[::1]:8080', 'http://[::1]:8080', true],
  ['another port', null, '127.0.0.1:8080', 'http://127.0.0.1:8081', false],
  ['a host below it', PUBLIC, 'keys.example.com', 'https://evil.keys.example.com', false],
  ['a host that begins with it', PUBLIC, 'keys.example.com', 'https://keys.example.com.evil.example', false],
  ['the same host without TLS', PUBLIC, 'keys.example.com', 'http://keys.example.com', false],
  ['no origin', PUBLIC, 'keys.example.com', 'null', false],
  ['an address with a path', null, 'keys.example.com', 'http://keys.example.com/', false],
  ['a file', null, '', 'file://', false],
  ['nothing, to a request without a host', null, '', 'http://', false],
])("whether a page of %s is the server's own", (_, publicUrl, host, origin, isOwn) => {
  expect(createWayOf(publicUrl, [])(request(STRANGER, undefined, host)).isOwn(origin)).toBe(isOwn);
});
