import { expect, it } from 'vitest';
import { relyingPartyOf } from './relying-party.ts';

it.each([
  ['https://keys.example.com', { id: 'keys.example.com', origin: 'https://keys.example.com' }],
  ['https://keys.example.com:8443', { id: 'keys.example.com', origin: 'https://keys.example.com:8443' }],
  ['http://localhost:8080', { id: 'localhost', origin: 'http://localhost:8080' }],
  ['http://keys.localhost:8080', { id: 'keys.localhost', origin: 'http://keys.localhost:8080' }],
  ['http://keys.example.com', null],
  ['https://192.0.2.7', null],
  ['https://3221225991', null],
  ['https://[2001:db8::1]', null],
  ['http://127.0.0.1:8080', null],
  [null, null],
])('passkeys at %s are for %j', (publicUrl, expected) => {
  expect(relyingPartyOf(publicUrl)).toEqual(expected);
});
