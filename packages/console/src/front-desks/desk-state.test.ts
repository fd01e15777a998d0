import { describe, expect, test } from 'vitest';
import type { Encoder } from '../encoder/encoders.ts';
import type { Desk } from './desk-queries.ts';
import { concernsOf, endsWith, inOrder, isReady } from './desk-state.ts';

const desk = (changes: Partial<Desk> = {}): Desk => ({
  id: '019ac000-0000-7000-8000-000000000001',
  name: 'Lobby',
  computer: 'PC-1',
  state: 'active',
  connected: true,
  lastSeenAt: '2026-11-30T12:00:00Z',
  version: 'keyrack-agent 0.1.0',
  protocol: 5,
  versionState: 'current',
  encoders: [],
  disputes: [],
  attention: null,
  attentionKind: null,
  ...changes,
});
const encoder = (changes: Partial<Encoder> = {}): Encoder => ({
  id: 1,
  mac: '7C778A6C7D9C',
  name: 'Left',
  toldName: 'Left',
  agent: { id: desk().id, name: 'Lobby' },
  presence: 'connected',
  simulated: false,
  disputed: false,
  others: [],
  forSignedIn: false,
  chosen: null,
  queue: [],
  ...changes,
});
const queued = (state: string): Encoder['queue'][number] => ({
  operation: 'o',
  kind: 'issue',
  state,
  acceptedAt: '2026-11-30T12:00:00Z',
  deadline: '2026-11-30T12:01:00Z',
});

describe('what a person should know of a front desk', () => {
  test.each<[string, Partial<Desk>, readonly string[]]>([
    ['one that works', {}, []],
    ['one that is away', { connected: false }, ['away']],
    [
      'one that was copied',
      { state: 'suspended', connected: false, attention: 'Two.', attentionKind: 'two-computers' },
      ['suspended'],
    ],
    ['one with a new journal', { attention: 'New.', attentionKind: 'journal-new' }, ['noticed']],
    ['what this console has no words for', { attention: 'Later.', attentionKind: null }, ['told']],
    [
      'a name of a later server',
      { attention: 'Later.', attentionKind: 'coffee-spilled' as Desk['attentionKind'] },
      ['told'],
    ],
    ['a program that could be newer', { versionState: 'update-available' }, ['version']],
    ['a program that is refused', { connected: false, versionState: 'update-needed' }, ['version', 'away']],
    ['a program in a state of a later server', { versionState: 'shiny' as Desk['versionState'] }, []],
    ['an encoder that two have', { disputes: [{ encoder: '7C77', others: ['Bar'] }] }, ['disputed']],
    ['one that has ended', { state: 'revoked', connected: false, attention: 'Two.' }, []],
  ])('of %s', (_what, changes, kinds) => {
    expect(concernsOf(desk(changes)).map(({ kind }) => kind)).toEqual(kinds);
  });
});

test.each<[string, Partial<Encoder>, boolean]>([
  ['connected', {}, true],
  ['in dispute', { disputed: true }, false],
  ['unplugged', { presence: 'unplugged' }, false],
  ['at a desk that is away', { presence: 'desk-away' }, false],
])('an encoder %s is ready: %s', (_what, changes, ready) => {
  expect(isReady(encoder(changes))).toBe(ready);
});

test('a front desk ends with what waits at its encoders, and with what is being written there', () => {
  const encoders = [
    encoder({ queue: [queued('granted'), queued('accepted')] }),
    encoder({ queue: [queued('accepted')] }),
  ];
  expect(endsWith(encoders)).toEqual({ waiting: 2, writing: 1 });
});

test('front desks stand by name, and revoked ones apart', () => {
  const { working, revoked } = inOrder([
    desk({ name: 'B' }),
    desk({ name: 'C', state: 'revoked' }),
    desk({ name: 'A' }),
  ]);
  expect([working.map(({ name }) => name), revoked.map(({ name }) => name)]).toEqual([['A', 'B'], ['C']]);
});
