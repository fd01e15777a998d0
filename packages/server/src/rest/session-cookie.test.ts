import { expect, test } from 'vitest';
import { clearedCookies, PAGE_HEADER } from './session-cookie.ts';

const TWO = { [PAGE_HEADER.name.toLowerCase()]: PAGE_HEADER.value, cookie: 'keyrack=a; keyrack=b' };
const cleared = (host: string, url = '/v1/me?x=/y', isSecure = false) =>
  clearedCookies({ ...TWO, host }, { isSecure }, url);

test('two cookies of one name end at every path and domain that may have brought them, and at no other', () => {
  const paths = ['/', '/v1', '/v1/', '/v1/me'];
  expect(cleared('127.0.0.1:8080')).toEqual(paths.map((path) => `keyrack=; Max-Age=0; Path=${path}`));
  const named = cleared('Desk.keys.example.com:8080');
  expect(named).toHaveLength(paths.length * 4);
  for (const path of paths)
    for (const domain of ['', '; Domain=desk.keys.example.com', '; Domain=keys.example.com', '; Domain=example.com'])
      expect(named).toContain(`keyrack=; Max-Age=0; Path=${path}${domain}`);
  expect(cleared('localhost:8080')).toContain('keyrack=; Max-Age=0; Path=/; Domain=localhost');
});

test.each(['', '[::1]:80', 'a;b.example', 'a b', '10.0.0.1', `${'a.'.repeat(40)}example`])(
  'of the host %j no domain is named',
  (host) => {
    expect(cleared(host).join()).not.toContain('Domain');
  },
);

test('nothing is written into the answer but names, and no more than an address of this server has', () => {
  expect(cleared('localhost', '/v1/a;b/%0d%0a/c"d').join()).not.toMatch(/[;][^ ]|"/);
  expect(cleared('localhost', '/x'.repeat(4_000)).length).toBeLessThan(60);
});

test('one cookie, none, or two of a name that does not count here are left as they are', () => {
  expect(clearedCookies({ ...TWO, cookie: 'keyrack=a; other=b' }, { isSecure: false }, '/v1/me')).toEqual([]);
  expect(clearedCookies({ cookie: TWO.cookie }, { isSecure: false }, '/v1/me')).toEqual([]);
  expect(cleared('localhost', '/v1/me', true)).toEqual([]);
});
