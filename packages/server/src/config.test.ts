import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const read = (env: Record<string, string>) => readConfig(env, './data/server');

describe('where nothing is set', () => {
  test('nobody is trusted, metrics stay on this computer, and libuv has its four threads', () => {
    expect(read({})).toMatchObject({
      publicUrl: null,
      trustedProxies: [],
      metrics: { host: '127.0.0.1', port: 9464, wanted: false },
      poolThreads: 4,
    });
  });
});

test.each([
  ['KEYRACK_PUBLIC_URL', 'https://keys.example.com/', { publicUrl: 'https://keys.example.com' }],
  ['KEYRACK_PUBLIC_URL', 'http://[2001:db8::1]:8080', { publicUrl: 'http://[2001:db8::1]:8080' }],
  ['KEYRACK_TRUSTED_PROXIES', '127.0.0.1, ::1,10.0.0.0/8', { trustedProxies: ['127.0.0.1', '::1', '10.0.0.0/8'] }],
  ['KEYRACK_TRUSTED_PROXIES', 'loopback', { trustedProxies: ['loopback'] }],
  ['KEYRACK_METRICS', 'none', { metrics: null }],
  ['UV_THREADPOOL_SIZE', '1', { poolThreads: 1 }],
  ['UV_THREADPOOL_SIZE', '1024', { poolThreads: 1024 }],
  ['KEYRACK_METRICS', '[::1]:0', { metrics: { host: '::1', port: 0, wanted: true } }],
  ['KEYRACK_METRICS', '10.0.0.7:9100', { metrics: { host: '10.0.0.7', port: 9100, wanted: true } }],
])('%s=%s is taken', (name, value, part) => {
  expect(read({ [name]: value })).toMatchObject(part);
});

test.each([
  ['KEYRACK_PUBLIC_URL', 'keys.example.com'],
  ['KEYRACK_PUBLIC_URL', 'ftp://keys.example.com'],
  ['KEYRACK_PUBLIC_URL', 'https://keys.example.com/keyrack'],
  ['KEYRACK_PUBLIC_URL', 'https://user:secret@keys.example.com'],
  ['KEYRACK_TRUSTED_PROXIES', 'proxy.example.com'],
  ['KEYRACK_TRUSTED_PROXIES', '10.0.0.0/33'],
  ['KEYRACK_TRUSTED_PROXIES', '0.0.0.0/0'],
  ['KEYRACK_TRUSTED_PROXIES', '127.0.0.1,,::1'],
  ['KEYRACK_METRICS', '9464'],
  ['KEYRACK_METRICS', '127.0.0.1:70000'],
  ['KEYRACK_METRICS', '::1:9464'],
  ['KEYRACK_METRICS', 'off'],
  ['UV_THREADPOOL_SIZE', '0'],
  ['UV_THREADPOOL_SIZE', '1025'],
  ['UV_THREADPOOL_SIZE', 'many'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(ConfigError);
  expect(() => read({ [name]: value })).toThrow(name);
});
