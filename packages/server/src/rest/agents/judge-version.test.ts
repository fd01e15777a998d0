import { describe, expect, test } from 'vitest';
import { type AgentStanding, type ServerProgram, standingOf } from '../../domain/agent-version.ts';
import { judgeAgentVersion, type VersionState } from './judge-version.ts';

const SERVER: ServerProgram = { version: '2.1.0', speaks: { oldest: 3, newest: 7 }, keeps: 5 };

describe('how an agent stands to the server', () => {
  test.each<[string, number | null, AgentStanding, VersionState | null]>([
    ['keyrack-agent 2.1.0', 7, 'accepted', 'current'],
    ['keyrack-agent 2.0.9', 7, 'accepted', 'update-available'],
    ['keyrack-agent 2.1.0-rc.1', 7, 'accepted', 'update-available'],
    ['keyrack-agent 2.0.0', 4, 'ending', 'update-soon'],
    ['keyrack-agent 1.0.0', 2, 'too-old', 'update-needed'],
    // The server was updated since.
    ['keyrack-agent 2.0.0', 4, 'accepted', 'update-soon'],
    ['keyrack-agent 1.0.0', 2, 'ending', 'update-needed'],
    ['keyrack-agent 2.1.0', 7, 'too-new', 'current'],
    ['keyrack-agent 2.2.0', 8, 'accepted', 'newer'],
    ['keyrack-agent 3.0.0', 9, 'too-new', 'server-too-old'],
    // Of an earlier server's database.
    ['keyrack-agent 2.0.0', null, 'accepted', 'update-available'],
    ['another program', 7, 'accepted', null],
    ['another program', 2, 'too-old', 'update-needed'],
  ])('%s, protocol %s, %s: %s', (software, protocol, standing, state) => {
    expect(judgeAgentVersion({ software, protocol, standing }, SERVER)).toBe(state);
  });

  test.each<[number, number, AgentStanding]>([
    [1, 2, 'too-old'],
    [1, 4, 'ending'],
    [1, 5, 'accepted'],
    [7, 9, 'accepted'],
    [8, 9, 'too-new'],
  ])('it speaks %i to %i: %s', (oldest, newest, standing) => {
    expect(standingOf({ oldest, newest }, SERVER)).toBe(standing);
  });
});
