import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { environment } from '@keyrack/server/config.ts';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from './commands.ts';
import { carryOut } from './program.ts';
import { SETTINGS, unknownSettings } from './unknown-settings.ts';

test('the list is what the programs read', () => {
  const read = Object.keys(environment.shape).filter((name) => name.startsWith('KEYRACK_'));
  expect([...SETTINGS].sort()).toEqual(read.sort());
});

describe('a name that is none is told, with the one that may be meant', () => {
  test.each([
    ['KEYRACK_PUBLIC_ULR', 'is KEYRACK_PUBLIC_URL meant?'],
    ['KEYRACK_PUBLICURL', 'is KEYRACK_PUBLIC_URL meant?'],
    ['KEYRACK_TRUSTED_PROXY', 'is KEYRACK_TRUSTED_PROXIES meant?'],
    ['KEYRACK_MASTERKEY', 'is KEYRACK_MASTER_KEY meant?'],
    ['KEYRACK_CARD_WAIT_SECS', 'is KEYRACK_CARD_WAIT_SECONDS meant?'],
    ['KEYRACK_CARD_WAIT', 'is KEYRACK_CARD_WAIT_SECONDS meant?'],
    ['KEYRACK_SIGN_IN_IDLE', 'is KEYRACK_SIGN_IN_IDLE_MINUTES meant?'],
    ['KEYRACK_LOGLEVEL', 'is KEYRACK_LOG_LEVEL meant?'],
    ['keyrack_data', 'is KEYRACK_DATA meant?'],
    ['KEYRACK_NONSENSE_ALTOGETHER', 'see the table in docs/server.md.'],
  ])('%s', (name, advice) => {
    expect(unknownSettings({ [name]: '1' })).toEqual([
      `The environment variable ${name} is no setting of Keyrack and does nothing; ${advice}`,
    ]);
  });

  test.each(SETTINGS)('but %s is one', (name) => {
    expect(unknownSettings({ [name]: '1', PATH: '/bin', KEYRACKET: 'of another program' })).toEqual([]);
  });
});

test.each(['serve', 'demo'])('%s says it once', async (word) => {
  const err: string[] = [];
  // A value that can't be ends the start right after.
  const env = { KEYRACK_METRIC: 'none', PORT: 'none' };
  await carryOut([word], { env, out() {}, say() {}, err: (text) => void err.push(text) }, COMMANDS);
  expect(err).toEqual([expect.stringContaining('KEYRACK_METRIC is no setting'), expect.stringContaining('PORT')]);
});

test('agent says it once', () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('KEYRACK_'));
  const env = { ...Object.fromEntries(others), KEYRACK_METRIC: 'none' };
  // It is told no server, which ends its start.
  const { stderr } = spawnSync(process.execPath, [main, 'agent', '--data', 'nowhere'], { env, encoding: 'utf8' });
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringContaining('KEYRACK_METRIC is no setting'),
    expect.stringContaining('--server'),
  ]);
});
