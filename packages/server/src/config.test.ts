import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, type ServerConfig } from './config.ts';

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

test('the folder of downloads is told whole, and none is named unless somebody does', () => {
  expect(read({}).downloadsFolder).toBeNull();
  expect(read({ KEYRACK_DOWNLOADS: 'dist/packages' }).downloadsFolder).toBe(resolve('dist/packages'));
  expect(() => read({ KEYRACK_DOWNLOADS: ' ' })).toThrow('KEYRACK_DOWNLOADS');
});

describe('a number', () => {
  /** With room between the two waits. */
  const ROOM = { KEYRACK_CARD_WAIT_SECONDS: '0.2', KEYRACK_ANSWER_WAIT_SECONDS: '900' };
  const NUMBERS = [
    ['PORT', 0, 65_535, (config: ServerConfig) => config.port, 1, true],
    ['UV_THREADPOOL_SIZE', 1, 1024, (config: ServerConfig) => config.poolThreads, 1, true],
    ['KEYRACK_CARD_WAIT_SECONDS', 0.2, 600, (config: ServerConfig) => config.waits.cardMs, 1_000, false],
    ['KEYRACK_ANSWER_WAIT_SECONDS', 1.2, 900, (config: ServerConfig) => config.waits.answerMs, 1_000, false],
    ['KEYRACK_SIGN_IN_IDLE_MINUTES', 1, 10_080, (config: ServerConfig) => config.waits.signInIdleMs, 60_000, false],
    ['KEYRACK_AGENT_OFFLINE_MINUTES', 1, 10_080, (config: ServerConfig) => config.alarms.agentOfflineMs, 60_000, false],
    ['KEYRACK_DISK_FREE_MIB', 1, 100_000_000, (config: ServerConfig) => config.alarms.diskFreeBytes, 1024 ** 2, true],
  ] as const;

  test.each(NUMBERS)(
    '%s is taken from %d to %d, in the unit that the server counts in',
    (name, least, most, of, unit) => {
      for (const value of [least, most, Math.ceil(least) + 1])
        expect(of(read({ ...ROOM, [name]: String(value) }))).toBe(value * unit);
      expect(of(read({ ...ROOM, [name]: ` ${most} ` })), 'with blanks around it').toBe(most * unit);
      const unset = of(read({ ...ROOM, [name]: '' }));
      expect(unset, 'an empty one is none').toBe(of(read({ ...ROOM, [name]: undefined as never })));
    },
  );

  test.each(NUMBERS.filter(([, , , , , isWhole]) => !isWhole))(
    '%s is a whole number of milliseconds',
    (name, _least, most, of) => {
      for (const text of ['16.6667', '1.23456', '3.0000001', '299.99999', String(most - 0.00001)])
        expect(Number.isInteger(of(read({ ...ROOM, [name]: text }))), text).toBe(true);
    },
  );

  test.each(NUMBERS)(
    '%s is refused by name where it is none, or too small or too large',
    (name, least, most, _of, _unit, isWhole) => {
      const wrong = [
        '-1',
        '-0.1',
        '+5',
        '1e1',
        '0x10',
        '0b11',
        'NaN',
        'Infinity',
        '-Infinity',
        '5s',
        '1,5',
        '1_000',
        '.5',
      ];
      const blank = [' ', '\t', '  \n'];
      const outside = [
        String(most + 1),
        String(most * 1000),
        '9'.repeat(400),
        ...(least > 0 ? ['0', String(least / 2)] : []),
      ];
      const broken = isWhole ? [String(least + 0.5), `${most}.1`] : [];
      for (const text of [...wrong, ...blank, ...outside, ...broken]) {
        expect(() => read({ ...ROOM, [name]: text }), JSON.stringify(text)).toThrow(ConfigError);
        expect(() => read({ ...ROOM, [name]: text }), JSON.stringify(text)).toThrow(`${name} can't be used: it is `);
      }
    },
  );
});

describe('the wait for a card', () => {
  const both = (card: string, answer: string) =>
    read({ KEYRACK_CARD_WAIT_SECONDS: card, KEYRACK_ANSWER_WAIT_SECONDS: answer }).waits;

  test.each([
    ['0.2', '1.2'],
    ['20', '21'],
    ['600', '601'],
  ])('of %s s may end a second before an answer wait of %s s', (card, answer) => {
    expect(both(card, answer)).toMatchObject({ cardMs: Number(card) * 1_000, answerMs: Number(answer) * 1_000 });
  });

  test.each([
    ['20', '20'],
    ['30', '20'],
    ['20', '20.999'],
    ['600', '30'],
  ])('of %s s is refused with an answer wait of %s s, by both names', (card, answer) => {
    expect(() => both(card, answer)).toThrow(ConfigError);
    expect(() => both(card, answer)).toThrow(
      new RegExp(`KEYRACK_CARD_WAIT_SECONDS \\(${card}\\) .*KEYRACK_ANSWER_WAIT_SECONDS \\(${answer}\\).*Set both`),
    );
  });

  test('is held against the other one also where only one of them is set', () => {
    expect(() => read({ KEYRACK_CARD_WAIT_SECONDS: '30' })).toThrow(/KEYRACK_ANSWER_WAIT_SECONDS \(30\)/);
    expect(() => read({ KEYRACK_ANSWER_WAIT_SECONDS: '15' })).toThrow(/KEYRACK_CARD_WAIT_SECONDS \(20\)/);
  });
});

describe('the port of the metrics', () => {
  test.each([
    [{ PORT: '9464' }],
    [{ PORT: '8080', KEYRACK_METRICS: '127.0.0.1:8080' }],
    [{ HOST: 'localhost', PORT: '8080', KEYRACK_METRICS: '127.0.0.1:8080' }],
    [{ HOST: '0.0.0.0', PORT: '8080', KEYRACK_METRICS: '10.0.0.5:8080' }],
    [{ HOST: '10.0.0.5', PORT: '8080', KEYRACK_METRICS: '[::]:8080' }],
  ])('is refused where the server itself listens, by both names: %o', (settings) => {
    expect(() => read(settings)).toThrow(ConfigError);
    expect(() => read(settings)).toThrow(/^PORT and KEYRACK_METRICS name the same port \d+\. .*KEYRACK_METRICS=none/);
  });

  test.each([
    [{ PORT: '0', KEYRACK_METRICS: '127.0.0.1:0' }],
    [{ HOST: '10.0.0.5', PORT: '8080', KEYRACK_METRICS: '127.0.0.1:8080' }],
    [{ PORT: '9464', KEYRACK_METRICS: 'none' }],
  ])('is taken elsewhere: %o', (settings) => {
    expect(() => read(settings)).not.toThrow();
  });
});

test.each(['HOST', 'KEYRACK_DATA', 'PORT'])('%s of blanks is refused by name', (name) => {
  expect(() => read({ [name]: '  ' })).toThrow(`The environment variable ${name} can't be used`);
});
