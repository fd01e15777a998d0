import { expect, test } from 'vitest';
import { systemOf } from './own-system.ts';

const CHROME = (system: string) =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36`;
const FIREFOX = (system: string) => `Mozilla/5.0 (${system}; rv:145.0) Gecko/20100101 Firefox/145.0`;

test.each([
  ['Chrome on Windows', 'Windows', 'x86', CHROME('Windows NT 10.0; Win64; x64'), 'win-x64'],
  ['Chrome on Windows on ARM', 'Windows', 'arm', CHROME('Windows NT 10.0; Win64; x64'), 'win-x64'],
  ['Chrome on Linux', 'Linux', 'x86', CHROME('X11; Linux x86_64'), 'linux-x64'],
  ['Chrome on Linux on ARM', 'Linux', 'arm', CHROME('X11; Linux x86_64'), 'linux-arm64'],
  ['Chrome without hints, as by plain HTTP', null, null, CHROME('X11; Linux x86_64'), 'linux-x64'],
  ['Firefox on Windows', null, null, FIREFOX('Windows NT 10.0; Win64; x64'), 'win-x64'],
  ['Firefox on Linux', null, null, FIREFOX('X11; Linux x86_64'), 'linux-x64'],
  ['Firefox on Linux on ARM', null, null, FIREFOX('X11; Linux aarch64'), 'linux-arm64'],
  ['Firefox on Ubuntu', null, null, FIREFOX('X11; Ubuntu; Linux x86_64'), 'linux-x64'],
  ['Chrome on a telephone', 'Android', 'arm', CHROME('Linux; Android 10; K'), null],
  ['Chrome on a telephone without hints', null, null, CHROME('Linux; Android 10; K'), null],
  ['Safari on a Mac', null, null, 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15', null],
  ['Chrome OS', 'Chrome OS', 'x86', CHROME('X11; CrOS x86_64 14541.0.0'), null],
  ['nothing', null, null, '', null],
] as const)('%s', (_, platform, architecture, userAgent, expected) => {
  expect(systemOf({ platform, architecture, userAgent })).toBe(expected);
});
