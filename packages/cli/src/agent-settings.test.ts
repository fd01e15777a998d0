import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentMessage } from '@keyrack/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pagePort } from './agent-page.ts';
import { AGENT_FILE, readAgentSettings } from './agent-settings.ts';

/** A setting of an agent that is accepted at the start works in every message. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyrack-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function readOf(settings: object) {
  writeFileSync(join(folder, AGENT_FILE), JSON.stringify({ version: 1, ...settings }), { mode: 0o600 });
  return readAgentSettings(folder);
}

describe('the port of the page', () => {
  test.each([
    ['off', 'off'],
    ['0', 0],
    [' 8081 ', 8081],
    ['65535', 65_535],
    [0, 0],
    [65_535, 65_535],
  ])('%j is taken', (given, port) => {
    expect(pagePort.parse(given)).toBe(port);
  });

  test.each([
    ...['', ' ', '-1', '65536', '1e3', '0x50', '8081.5', '+80', 'NaN', 'Infinity', 'on', 'OFF', '99999999999'],
    ...[-1, 0.5, 65_536, Number.NaN, Number.POSITIVE_INFINITY, true, false, null, [], [80], {}],
  ])('%j is refused, and says what it may be', (given) => {
    const parsed = pagePort.safeParse(given);
    expect(parsed.error?.issues[0]?.message).toBe('is a port number from 0 to 65535, or off');
  });
});

describe('who signs in by itself', () => {
  const password = 'a'.repeat(32);
  const MOBILE = { areaCode: '86', mobile: '10000000000', email: '', passwordMd5: password };

  test.each([
    ['by mobile', MOBILE],
    ['by e-mail', { ...MOBILE, areaCode: '', mobile: '', email: 'ada@example.com' }],
    [
      'by the longest of all',
      { areaCode: '1234', mobile: '1'.repeat(15), email: 'e'.repeat(254), passwordMd5: password },
    ],
  ])('%s is taken, and fits into the message that says so', (_how, signIn) => {
    const { passwordMd5, ...name } = readOf({ signIn }).signIn ?? MOBILE;
    expect(agentMessage.safeParse({ type: 'sign-in', request: 1, ...name, password: passwordMd5 }).success).toBe(true);
  });

  test.each([
    ['without any name', { ...MOBILE, areaCode: '', mobile: '' }],
    ['by a mobile without its area code', { ...MOBILE, areaCode: '' }],
    ['by a mobile with blanks', { ...MOBILE, mobile: '100 000' }],
    ['by one that is too long', { ...MOBILE, mobile: '1'.repeat(16) }],
    ['by an area code with a plus', { ...MOBILE, areaCode: '+86' }],
    ['by an e-mail that is too long', { ...MOBILE, email: 'e'.repeat(255) }],
    ['by an e-mail with a control character', { ...MOBILE, email: 'a\u0000b' }],
    ['with a password in capitals', { ...MOBILE, passwordMd5: 'A'.repeat(32) }],
  ])('%s is refused', (_how, signIn) => {
    expect(() => readOf({ signIn })).toThrow(/agent\.json can't be used: .*signIn/);
  });
});

describe('encoders', () => {
  const encoders = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      mac: `7C0000000${String(n).padStart(3, '0')}`,
      name: 'E',
      forSignedIn: false,
    }));

  test('are as many as one message holds, at most', () => {
    expect(readOf({ encoders: encoders(16) }).encoders).toHaveLength(16);
    expect(() => readOf({ encoders: encoders(17) })).toThrow("agent.json can't be used");
  });
});
