import { expect, test } from 'vitest';
import { isLoopback, publicAddress } from './public-address.ts';

test.each([
  [null, 'http://127.0.0.1:8080', 'http://127.0.0.1:8080', 'ws://127.0.0.1:8080/agent'],
  [null, 'http://0.0.0.0:8080', 'http://127.0.0.1:8080', 'ws://127.0.0.1:8080/agent'],
  [null, 'http://[::]:8080', 'http://[::1]:8080', 'ws://[::1]:8080/agent'],
  ['https://keys.example.com', 'http://127.0.0.1:8080', 'https://keys.example.com', 'wss://keys.example.com/agent'],
  [
    'https://keys.example.com:8443',
    'http://0.0.0.0:1',
    'https://keys.example.com:8443',
    'wss://keys.example.com:8443/agent',
  ],
  ['http://localhost:8080', 'http://127.0.0.1:8080', 'http://localhost:8080', 'ws://localhost:8080/agent'],
])('with KEYRACK_PUBLIC_URL %s, a server at %s shows %s, and agents %s', (publicUrl, listening, url, agents) => {
  expect(publicAddress(publicUrl, listening)).toEqual({ url, agents });
});

test.each([
  ['http://127.0.0.1:8080', true],
  ['http://localhost', true],
  ['http://[::1]:8080', true],
  ['http://0.0.0.0:8080', false],
  ['http://127.example.com', false],
  ['https://keys.example.com', false],
])('%s is reached from this computer alone: %s', (url, alone) => expect(isLoopback(url)).toBe(alone));
