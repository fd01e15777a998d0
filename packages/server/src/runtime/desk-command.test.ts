import { describe, expect, test } from 'vitest';
import { agentsOfPage, deskCommand, isPlainForOthers, type PageOpened, quoted } from './desk-command.ts';

const opened = (how: Partial<PageOpened>): PageOpened => ({
  origin: null,
  host: undefined,
  forwardedProto: undefined,
  ...how,
});

describe('the address in the line for a desk is the one by which the page was opened', () => {
  test.each<[string, string | null, Partial<PageOpened>, string]>([
    ['by https', null, { origin: 'https://keys.example.com' }, 'wss://keys.example.com/agent'],
    [
      'by https at another port',
      null,
      { origin: 'https://keys.example.com:8443' },
      'wss://keys.example.com:8443/agent',
    ],
    [
      'by https, while the proxy names itself',
      null,
      { origin: 'https://a.example', host: '127.0.0.1:8080' },
      'wss://a.example/agent',
    ],
    [
      'by https on this computer',
      null,
      { origin: 'https://127.0.0.1:8443', host: '127.0.0.1:8443' },
      'wss://127.0.0.1:8443/agent',
    ],
    ['by http on this computer', null, { origin: 'http://127.0.0.1:8080' }, 'ws://127.0.0.1:8080/agent'],
    [
      'by http at an address of this computer',
      null,
      { origin: 'http://192.168.1.5:8080' },
      'ws://192.168.1.5:8080/agent',
    ],
    ['by IPv6', null, { origin: 'http://[::1]:8080' }, 'ws://[::1]:8080/agent'],
    [
      'without a script, behind TLS',
      null,
      { host: 'localhost:8443', forwardedProto: 'https' },
      'wss://localhost:8443/agent',
    ],
    ['without a script, at a name', null, { host: 'keys.example.com' }, 'wss://keys.example.com/agent'],
    ['without a script, on this computer', null, { host: '127.0.0.1:8080' }, 'ws://127.0.0.1:8080/agent'],
    ['with no Host', null, {}, 'wss://HOST/agent'],
    ['with markup as Host', null, { host: '<b>' }, 'wss://HOST/agent'],
    ['with a command as origin', null, { origin: 'https://a;rm -rf ~', host: 'a.example' }, 'wss://a.example/agent'],
    ['with a script as origin', null, { origin: 'javascript:alert(1)', host: 'a.example' }, 'wss://a.example/agent'],
    ['with a path in the origin', null, { origin: 'https://a.example/x', host: 'b.example' }, 'wss://b.example/agent'],
    [
      'and KEYRACK_PUBLIC_URL goes before all',
      'https://keys.example.com',
      { origin: 'http://127.0.0.1:80' },
      'wss://keys.example.com/agent',
    ],
    [
      'and so does a plain one',
      'http://keys.example.com',
      { origin: 'https://a.example' },
      'ws://keys.example.com/agent',
    ],
  ])('%s', (_, publicUrl, how, address) => {
    expect(agentsOfPage(publicUrl, opened(how))).toBe(address);
  });
});

test.each([
  ['wss://keys.example.com/agent', false],
  ['ws://127.0.0.1:8080/agent', false],
  ['ws://[::1]:8080/agent', false],
  ['ws://192.168.1.5:8080/agent', true],
])('%s is plain text for other computers: %s', (agents, plain) => {
  expect(isPlainForOthers(agents)).toBe(plain);
});

test('an address with brackets is quoted, as every shell needs it', () => {
  expect(deskCommand('ws://[::1]:8080/agent', 'ABCD2345')).toBe(
    'npx keyrack agent --server "ws://[::1]:8080/agent" --pair ABCD2345 --pcsc',
  );
  expect(deskCommand('wss://keys.example.com/agent', 'ABCD2345')).toBe(
    'npx keyrack agent --server wss://keys.example.com/agent --pair ABCD2345 --pcsc',
  );
});

test.each([
  ['a folder of Unix', '/var/lib/keyrack/agent', '/var/lib/keyrack/agent'],
  ['a folder beside this one', './data/demo/agent', './data/demo/agent'],
  ['an address', 'wss://keys.example.com:8443/agent', 'wss://keys.example.com:8443/agent'],
  ['a folder with a blank', '/srv/my demo', '"/srv/my demo"'],
  ['a folder of Windows', String.raw`C:\keyrack\agent`, String.raw`"C:\keyrack\agent"`],
  ['a folder of Windows with a blank', String.raw`C:\Program Files\Keyrack`, String.raw`"C:\Program Files\Keyrack"`],
  ['a folder of another computer', String.raw`\\desk-1\keyrack`, String.raw`"\\desk-1\keyrack"`],
  ['a folder named in Chinese', '/srv/前台', '"/srv/前台"'],
  ['nothing', '', '""'],
])('as a word of a command, %s is itself, in double quotes where a shell would change it', (_, word, asWritten) => {
  expect(quoted(word)).toBe(asWritten);
});
