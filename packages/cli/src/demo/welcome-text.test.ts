import { join } from 'node:path';
import { platform } from 'node:process';
import { describe, expect, test } from 'vitest';
import { welcomeText } from './welcome-text.ts';

const WELCOME = { program: 'npx keyrack', page: null, console: 'http://localhost:8080', link: null };

describe('the command that lists the cards finds the agent of this demonstration', () => {
  const server = { url: 'http://127.0.0.1:8080', address: { url: 'http://127.0.0.1:8080' } } as never;

  test.each([
    ['./data/demo', 'npx keyrack sim list'],
    // Windows joins with backslashes, which other shells take for something: there each such path is quoted.
    [
      '/var/tmp/demo',
      platform === 'win32'
        ? String.raw`npx keyrack sim --data "\var\tmp\demo\agent" list`
        : 'npx keyrack sim --data /var/tmp/demo/agent list',
    ],
    ['/var/tmp/my demo', `npx keyrack sim --data "${join('/var/tmp/my demo', 'agent')}" list`],
  ])('in %s', (folder, command) => {
    expect(welcomeText(server, { ...WELCOME, dataFolder: folder }).split('\n')).toContain(`  ${command}`);
  });
});

test('every command is as that program is typed', () => {
  const server = { url: 'http://127.0.0.1:8080', address: { url: 'http://127.0.0.1:8080' } } as never;
  const text = (program: string) => welcomeText(server, { ...WELCOME, program, dataFolder: './data/demo' });
  expect(text('/opt/keyrack/keyrack')).toBe(text('npx keyrack').replaceAll('npx keyrack', '/opt/keyrack/keyrack'));
  expect(text('/opt/keyrack/keyrack')).toMatch(/\n {2}\/opt\/keyrack\/keyrack sim list\n/);
});

test('a newcomer reads the link that signs them in, where there is one', () => {
  const server = { url: 'http://127.0.0.1:8080', address: { url: 'http://127.0.0.1:8080' } } as never;
  const text = (link: string | null) => welcomeText(server, { ...WELCOME, link, dataFolder: './data/demo' });
  expect(text('kl_a_b').split('\n')).toContain('  http://localhost:8080/sign-in#link=kl_a_b');
  expect(text(null)).not.toContain('sign-in#');
});
