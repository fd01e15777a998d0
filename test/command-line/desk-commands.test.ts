import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { describe, expect, test } from 'vitest';
import { typeCommand } from '../world/typed-command.ts';
import { demoForFile } from './testing/demo-for-file.ts';

/** Cards, encoders, front desks and keys by commands, beside a demonstration that all tests of this file share. */

const { folder, env, json } = demoForFile();

describe('a card', () => {
  test('is read, cancelled and issued at an encoder, and what does not succeed ends with 1 and says why', async () => {
    const encoders = await json('encoders', 'list');
    const left = encoders.find(({ mac }: { mac: string }) => mac === PUBLISHED.encoder);
    expect(left).toMatchObject({ name: 'Left encoder', presence: 'connected', queue: [] });
    const at = ['--encoder', String(left.id)];

    expect(await json('operations', 'read', ...at)).toMatchObject({ state: 'succeeded', serial: PUBLISHED.serial });
    expect(await json('operations', 'cancel', PUBLISHED.serial, ...at)).toMatchObject({ state: 'succeeded' });
    const issue = ['operations', 'issue', '001/001/R007', '--until', '2099-01-01', '--holder', 'Ada', ...at];
    expect(await json(...issue)).toMatchObject({ kind: 'issue', state: 'succeeded', serial: PUBLISHED.serial });
    expect(await json('cards', 'show', PUBLISHED.serial)).toMatchObject({
      plastic: 'written',
      record: { status: 'active', holder: 'Ada' },
    });
    expect(await json('cards', 'list', '--plastic', 'written')).toContainEqual(
      expect.objectContaining({ serial: PUBLISHED.serial }),
    );

    const unknown = await typeCommand(['operations', 'cancel', '89ABCDEF', ...at], env);
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('No card with this serial belongs to the property');
    expect((await typeCommand(['cards', 'show', '89ABCDEF'], env)).err).toContain('No card with this serial');
    for (const words of ['cards show XYZ', 'operations read --encoder left', 'operations show 1', 'agents show demo'])
      expect([words, (await typeCommand(words.split(' '), env)).code]).toEqual([words, 2]);
    const [{ id }] = await json('operations', 'list', '--kind', 'issue', '--limit', '1');
    const over = await typeCommand(['operations', 'withdraw', id, '-y'], env);
    expect(over).toMatchObject({ code: 1, out: '' });
  });
});

describe('keys', () => {
  test('of programs are made, listed and revoked, each shown once', async () => {
    const { id, token } = await json(
      'keys',
      'create',
      'PMS',
      '--scope',
      'cards',
      '--property',
      PUBLISHED.propertyNumber,
    );
    expect(token).toMatch(/^kr_/);
    const listed = await json('keys', 'list');
    expect(listed).toContainEqual(expect.objectContaining({ id, name: 'PMS', scopes: ['cards'] }));
    expect(JSON.stringify(listed)).not.toContain(token);
    expect((await typeCommand(['keys', 'revoke', id], env)).code).toBe(2);
    expect(await json('keys', 'revoke', id, '-y')).toMatchObject({ id, revokedAt: expect.any(String) });
    expect((await typeCommand(['keys', 'create', 'PMS', '--scope', 'everything'], env)).code).toBe(2);
  });

  test('of cards are rotated by the new name and the old one', async () => {
    expect(await json('card-keys', 'rotate')).toMatchObject({ version: 2, state: 'current' });
    expect(await json('keys', 'rotate', '--property', PUBLISHED.propertyNumber)).toMatchObject({ version: 3 });
    expect((await json('card-keys', 'list')).map(({ version }: { version: number }) => version)).toEqual([3, 2, 1]);
    // While a lock is behind, only whoever says so rotates.
    await json('rooms', 'change', '001/001/R007', '--key-version', '2');
    const behind = await typeCommand(['card-keys', 'rotate', '-y'], env);
    expect(behind).toMatchObject({ code: 1, out: '' });
    expect(behind.err).toMatch(/1 lock has an earlier version than 3/);
    expect(await json('card-keys', 'rotate', '--force')).toMatchObject({ version: 4 });
  });
});

test('a front desk is listed, renamed, and another one paired and revoked', async () => {
  const [{ id }] = await json('agents', 'list');
  expect(await json('agents', 'rename', id, 'Lobby')).toMatchObject({ id, name: 'Lobby', computer: 'Demo front desk' });
  expect(await json('agents', 'rename', id)).toMatchObject({ name: 'Demo front desk' });
  const { code, command } = await json('agents', 'pair', '--property', PUBLISHED.propertyNumber);
  expect(command).toContain(`--pair ${code} --pcsc`);
  expect(await json('agents', 'revoke', id)).toEqual({ revoked: id });
  expect(await json('agents', 'forget', id, '-y')).toEqual({ forgotten: id });
});

test('a member gets a link to set their password by', async () => {
  const { link } = await json('members', 'link', 'reception@keyrack.example');
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/.*#/);
});

describe('at a terminal', () => {
  const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
  /** What a terminal of its own shows, made by `script` of util-linux. There `answer` is typed once a question is shown. */
  const atTerminal = async (line: string, answer: string | null, more: Record<string, string> = {}) => {
    const command = `'${process.execPath}' '${main}' ${line}`;
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { PATH: process.env.PATH ?? '', TERM: 'xterm', ...env, ...more },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let shown = '';
    let answered = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      if (answer === null || answered || !shown.includes('[y/N]')) return;
      answered = true;
      child.stdin.write(`${answer}\n`);
    });
    await once(child, 'close');
    return shown.replaceAll('\r', '');
  };

  test('answers are tables, in colours unless somebody wants none', async () => {
    const shown = await atTerminal('members list', null);
    expect(shown).toContain('\x1b[1mNAME ');
    expect(shown).toMatch(/^Front Desk +receptionist +\+86 10000000000 /m);
    expect(await atTerminal('members list', null, { NO_COLOR: '1' })).not.toContain('\x1b');
    expect(JSON.parse(await atTerminal('members list --json', null))).toHaveLength(4);
  });

  test('what somebody will feel is asked first', async () => {
    const isOn = async () => (await json('members', 'show', '10000000002')).issuingPermission;
    expect(await atTerminal('members forbid 10000000002', 'n')).toContain('Nothing was done.');
    expect(await isOn()).toBe(true);
    const told = await atTerminal('members forbid 10000000002', 'y');
    expect(told).toContain(`Forbid Reception to issue, read and cancel cards? (${folder}) [y/N]`);
    expect(await isOn()).toBe(false);
  });
});

describe('completion', () => {
  const complete = (shell: string, script: string) =>
    promisify(execFile)(shell, shell === 'zsh' ? ['-f', '-c', script] : ['-c', script]).then(({ stdout }) =>
      stdout.trim().split(/\s+/),
    );
  const scriptOf = async (shell: string) => (await typeCommand(['completion', shell])).out;

  test('in bash offers commands, options and the words that an option takes', async () => {
    const script = await scriptOf('bash');
    const offers = (...words: string[]) =>
      complete(
        'bash',
        `${script}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=$((\${#COMP_WORDS[@]}-1)); _keyrack; echo "\${COMPREPLY[@]}"`,
      );
    expect(await offers('keyrack', 'mem')).toEqual(['members']);
    expect(await offers('keyrack', 'members', 'for')).toEqual(['forbid']);
    expect(await offers('keyrack', 'members', 'list', '--role', '')).toEqual([
      'administrator',
      'receptionist',
      'auditor',
    ]);
    expect(await offers('keyrack', 'rooms', 'list', '--lock-t')).toEqual(['--lock-type']);
    expect(await offers('keyrack', 'members', 'import', '--data', '')).toEqual(['']);
  });

  test('in zsh and fish knows the same commands', async () => {
    const zsh = await scriptOf('zsh');
    const fish = await scriptOf('fish');
    for (const word of ['members', 'forbid', 'card-keys', 'write-off']) {
      expect(zsh).toContain(word);
      expect(fish).toContain(` -a ${word} `);
    }
    expect(await typeCommand(['completion', 'tcsh'])).toMatchObject({ code: 2, out: '' });
  });
});
