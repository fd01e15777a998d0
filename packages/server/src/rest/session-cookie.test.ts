import { expect, test } from 'vitest';
import { clearedCookies, PAGE_HEADER } from './session-cookie.ts';

const TWO = { [PAGE_HEADER.name.toLowerCase()]: PAGE_HEADER.value, cookie: 'keyrack=a; keyrack=b' };
const cleared = (host: string, url = '/v1/me?x=/y', isSecure = false) =>
  clearedCookies({ ...TWO, host }, { isSecure }, url);

test('cookies of the name end at every path and domain that may have brought them, and never this server’s own', () => {
  const paths = ['/v1', '/v1/', '/v1/me'];
  for (const alone of ['127.0.0.1:8080', 'localhost:8080'])
    expect(cleared(alone)).toEqual(paths.map((path) => `keyrack=; Max-Age=0; Path=${path}`));
  const named = cleared('Desk.keys.example.com:8080');
  expect(named).toHaveLength(3 + paths.length * 4);
  expect(named).not.toContain('keyrack=; Max-Age=0; Path=/');
  const domains = ['; Domain=desk.keys.example.com', '; Domain=keys.example.com', '; Domain=example.com'];
  for (const domain of domains) expect(named).toContain(`keyrack=; Max-Age=0; Path=/${domain}`);
  for (const path of paths)
    for (const domain of ['', ...domains]) expect(named).toContain(`keyrack=; Max-Age=0; Path=${path}${domain}`);
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

test('a cookie of another name is left as it is', () => {
  expect(clearedCookies({ ...TWO, cookie: 'other=b' }, { isSecure: false }, '/v1/me')).toEqual([]);
  expect(clearedCookies({ cookie: TWO.cookie }, { isSecure: false }, '/v1/me')).toEqual([]);
  expect(cleared('localhost', '/v1/me', true)).toEqual([]);
});
