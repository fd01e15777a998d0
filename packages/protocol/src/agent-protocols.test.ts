import { describe, expect, test } from 'vitest';
import {
  AGENT_PROTOCOL,
  agentAddress,
  OLDEST_AGENT_PROTOCOL,
  OLDEST_KEPT_PROTOCOL,
  protocolFor,
  protocolsAsked,
} from './agent-protocols.ts';

describe('the version that is spoken', () => {
  const server = { oldest: 3, newest: 6 };
  test.each([
    ['an older agent', { oldest: 1, newest: 4 }, 4],
    ['one that knows the same', { oldest: 3, newest: 6 }, 6],
    ['a newer agent', { oldest: 5, newest: 8 }, 6],
    ['one that is too old', { oldest: 1, newest: 2 }, 3],
    ['one that is too new', { oldest: 7, newest: 9 }, 6],
  ])('with %s', (_who, agent, spoken) => {
    expect(protocolFor(agent, server)).toBe(spoken);
  });
});

test('an agent names where it connects what it speaks', () => {
  const address = agentAddress('wss://hotel.example/agent?way=in', { oldest: 2, newest: 7 });
  expect(address).toMatch(/^wss:\/\/hotel\.example\/agent\?way=in&/);
  expect(protocolsAsked(address.slice('wss://hotel.example'.length))).toEqual({ oldest: 2, newest: 7 });
});

test.each([
  ['/agent', 1, 1],
  ['/agent?protocol=4', 1, 4],
  ['/agent?protocol=4&oldest-protocol=9', 4, 4],
  ['/agent?protocol=x&oldest-protocol=-2', 1, 1],
  ['/agent?protocol=0', 1, 1],
  ['/agent?protocol=99999', 1, 1],
])('%s asks for versions %i to %i', (address, oldest, newest) => {
  expect(protocolsAsked(address)).toEqual({ oldest, newest });
});

test('a version is told to end one release before it is given up', () => {
  expect(OLDEST_AGENT_PROTOCOL).toBeLessThanOrEqual(OLDEST_KEPT_PROTOCOL);
  expect(OLDEST_KEPT_PROTOCOL).toBeLessThanOrEqual(AGENT_PROTOCOL);
});
