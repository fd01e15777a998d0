import { expect, test } from 'vitest';
import { deskCommand, quoted } from './desk-command.ts';

test('an address with brackets is quoted, as every shell needs it', () => {
  expect(deskCommand('npx keyrack', 'ws://[::1]:8080/agent', 'ABCD2345')).toBe(
    'npx keyrack agent --server "ws://[::1]:8080/agent" --pair ABCD2345 --pcsc',
  );
  expect(deskCommand('keyrack', 'wss://keys.example.com/agent', 'ABCD2345')).toBe(
    'keyrack agent --server wss://keys.example.com/agent --pair ABCD2345 --pcsc',
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
