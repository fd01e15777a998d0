import { expect, test } from 'vitest';
import { isLoopback } from './own-computer.ts';

test.each([
  ['http://localhost:8080/join#word', true],
  ['http://127.0.0.1:8080/', true],
  ['ws://[::1]:8080/agent', true],
  ['https://keys.hotel.example/join#word', false],
  ['http://10.0.0.5:8080/', false],
  ['no address', false],
])('%s leads to the computer itself: %s', (address, itself) => {
  expect(isLoopback(address)).toBe(itself);
});
