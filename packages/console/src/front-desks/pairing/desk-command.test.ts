import { expect, test } from 'vitest';
import { commandFrom, isForThisComputer, isOfCheckout, isPlainOverNetwork } from './desk-command.ts';

const line = (address: string) => `npx keyrack agent --server ${address} --pair 7KQ4M2XD --pcsc`;

test.each([
  ['ws://127.0.0.1:8080/agent', 'https://keys.hotel.example/front-desks', 'wss://keys.hotel.example/agent'],
  ['ws://localhost:8080/agent', 'http://10.0.0.5:8080/', 'ws://10.0.0.5:8080/agent'],
  ['"ws://[::1]:8080/agent"', 'http://10.0.0.5:8080/', '"ws://10.0.0.5:8080/agent"'],
  // Everything on one computer: the server's word is as good.
  ['ws://127.0.0.1:8080/agent', 'http://localhost:8080/', 'ws://127.0.0.1:8080/agent'],
  // A server that knows its public address is believed, whatever the page was opened by.
  ['wss://keys.hotel.example/agent', 'http://10.0.0.5:8080/', 'wss://keys.hotel.example/agent'],
])('%s told to a page at %s leads to %s', (told, page, address) => {
  expect(commandFrom(line(told), page)).toBe(line(address));
});

test.each([
  ['ws://10.0.0.5:8080/agent', true],
  ['wss://keys.hotel.example/agent', false],
  ['ws://127.0.0.1:8080/agent', false],
  ['"ws://[::1]:8080/agent"', false],
])('%s goes in plain text over the network: %s', (address, plain) => {
  expect(isPlainOverNetwork(line(address))).toBe(plain);
});

test.each([
  ['ws://10.0.0.5:8080/agent', false],
  ['wss://keys.hotel.example/agent', false],
  ['ws://127.0.0.1:8080/agent', true],
  ['"ws://[::1]:8080/agent"', true],
])('%s is good on the server’s own computer alone: %s', (address, alone) => {
  expect(isForThisComputer(line(address))).toBe(alone);
});

test('a line tells whether its server runs from its sources', () => {
  const ofCheckout = line('wss://keys.example.com/agent');
  expect([ofCheckout, ofCheckout.replace('npx ', '')].map(isOfCheckout)).toEqual([true, false]);
});
