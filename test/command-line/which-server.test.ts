import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeServerFile } from '@keyrack/server/main-server-file.ts';
import { INN, OTHER, restWorld } from '@keyrack/server/testing/rest-world.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keyrackFolder } from '../world/keyrack.ts';
import { typeCommand } from '../world/typed-command.ts';

/** Which server a command goes to, with which key, and which property it is about. */

const list = (...more: string[]) => ['members', 'list', ...more];

describe('the server of a data folder', () => {
  test('that isn’t running is told', async () => {
    const folder = keyrackFolder();
    const told = await typeCommand(list('--data', folder));
    expect(told).toMatchObject({ code: 1, out: '' });
    expect(told.err).toBe(`No server runs on ${folder}; start it, or name its data folder with --data.\n`);
  });

  test('that was killed doesn’t give its key away to whoever listens at its port now', async () => {
    const folder = keyrackFolder();
    const heard: string[] = [];
    const stranger = createServer((request, response) => {
      heard.push(JSON.stringify([request.url, request.headers]));
      response.end('{"proof":""}');
    });
    stranger.listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    onTestFinished(() => void stranger.close());
    const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
    await writeServerFile(folder, { url, secret: 'S'.repeat(43) });
    writeFileSync(join(folder, 'owner-key'), 'kr_SECRET');
    expect(await typeCommand(list('--data', folder))).toMatchObject({ code: 1, out: '' });
    expect(heard).toHaveLength(1);
    expect(heard.join()).not.toContain('kr_SECRET');
  });

  test('takes the key that lies there; one that was changed since is told, with what to do', async () => {
    const { folder } = await restWorld({}, { properties: [INN] });
    expect(await typeCommand(list(), { KEYRACK_DATA: folder })).toMatchObject({ code: 0, out: '[]\n' });
    writeFileSync(join(folder, 'owner-key'), 'kr_00000000_0000000000000000000000000000000000000000\n');
    const told = await typeCommand(list('--data', folder));
    expect(told).toMatchObject({ code: 1, out: '' });
    expect(told.err).toContain('owner-key. Start it anew');
  });
});

describe('keyrack login', () => {
  const home = () => ({ XDG_CONFIG_HOME: keyrackFolder() });
  const input = (text: string) => ({ input: async () => text });

  test('keeps the key for this user alone, and commands go there until logout', async () => {
    const { server, ownerKey } = await restWorld({}, { properties: [INN] });
    const env = home();
    const file = join(env.XDG_CONFIG_HOME, 'keyrack', 'login.json');
    expect(await typeCommand(['login', server.url], env, input(`${ownerKey}\n`))).toMatchObject({ code: 0, err: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ url: server.url, key: ownerKey });
    expect(await typeCommand(list(), env)).toMatchObject({ code: 0, out: '[]\n' });
    // What is typed counts more than what was kept.
    const folder = keyrackFolder();
    expect((await typeCommand(list('--data', folder), env)).err).toContain(`No server runs on ${folder}`);
    expect((await typeCommand(list(), { ...env, KEYRACK_DATA: folder })).err).toContain(`No server runs on ${folder}`);
    expect(await typeCommand(['logout'], env)).toMatchObject({ code: 0 });
    expect(existsSync(file)).toBe(false);
    expect(await typeCommand(['logout'], env)).toMatchObject({ code: 0, out: 'Nobody is logged in.\n' });
  });

  test('takes the key from a file, or from whoever sits there, without showing it', async () => {
    const { server, ownerKey } = await restWorld({}, { properties: [INN] });
    const file = join(keyrackFolder(), 'key');
    writeFileSync(file, ownerKey);
    expect(await typeCommand(['login', server.url, '--key-file', file], home())).toMatchObject({ code: 0, err: '' });
    const asked: string[] = [];
    const person = {
      ask: () => Promise.reject(new Error('a key is never asked for in the open')),
      askHidden: async (question: string) => {
        asked.push(question);
        return ownerKey;
      },
    };
    const told = await typeCommand(['login', server.url], home(), { person });
    expect(told).toMatchObject({ code: 0, err: '' });
    expect(asked).toEqual([`API key for ${server.url}: `]);
    expect(told.out).not.toContain(ownerKey);
  });

  test('keeps no key that the server doesn’t take, and none for an address where it could be overheard', async () => {
    const { server } = await restWorld({}, { properties: [INN] });
    const env = home();
    const wrong = await typeCommand(['login', server.url], env, input('kr_wrong'));
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain("doesn't take this key: it is mistyped, expired or revoked. Nothing was kept.");
    const gone = await typeCommand(['login', 'http://127.0.0.1:9'], env, input('kr_any'));
    expect(gone).toMatchObject({ code: 1, out: '' });
    expect(gone.err).toContain('Nothing was kept.');
    for (const url of ['http://keys.example.com', 'ftp://x', 'keys.example.com', 'https://a:b@x'])
      expect(await typeCommand(['login', url], env, input('kr_any'))).toMatchObject({ code: 2, out: '' });
    expect(await typeCommand(['login', server.url], env)).toMatchObject({ code: 2, out: '' });
    expect(existsSync(join(env.XDG_CONFIG_HOME, 'keyrack'))).toBe(false);
  });

  test('that was revoked since, or whose file was spoiled, is told with what to do', async () => {
    const { server, ownerKey, send } = await restWorld({}, { properties: [INN] });
    const made = await send('/v1/api-keys', {
      method: 'POST',
      json: { name: 'desk', scopes: ['members'], properties: 'all' },
    });
    const env = home();
    await typeCommand(['login', server.url], env, input(made.body.token));
    await send(`/v1/api-keys/${made.body.id}`, { method: 'DELETE', key: ownerKey });
    const told = await typeCommand(list(), env);
    expect(told).toMatchObject({ code: 1, out: '' });
    expect(told.err).toContain(`Log in again with \`keyrack login ${server.url}\`.`);
    mkdirSync(join(env.XDG_CONFIG_HOME, 'keyrack'), { recursive: true });
    writeFileSync(join(env.XDG_CONFIG_HOME, 'keyrack', 'login.json'), '{');
    expect((await typeCommand(list(), env)).err).toContain('holds no login; delete it');
  });
});

describe('the property', () => {
  test('is the only one; of several, a script must name it, by number or id', async () => {
    const { folder } = await restWorld();
    const told = await typeCommand(list('--data', folder));
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(told.err).toBe('There are several properties; name one with --property.\n  1001  Inn\n  1002  Other inn\n');
    for (const property of ['1002', OTHER.id])
      expect(await typeCommand(list('--data', folder, '--property', property))).toMatchObject({ code: 0, out: '[]\n' });
    const unknown = await typeCommand(list('--data', folder, '--property', '1003'));
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('see `keyrack properties list`');
    for (const property of ['../1001', '']) {
      const wrong = await typeCommand(list('--data', folder, '--property', property));
      expect(wrong).toMatchObject({ code: 2, out: '' });
      expect(wrong.err).toContain("--property can't be used");
    }
  });

  test('is asked for where somebody sits there, until there is one', async () => {
    const { folder } = await restWorld();
    const answers = ['7', ' 1002 '];
    const person = { ask: async () => answers.shift() ?? '', askHidden: async () => '' };
    const told = await typeCommand(list('--data', folder), {}, { person });
    expect(told).toMatchObject({ code: 0, out: '[]\n' });
    expect(told.err).toContain('None of them has the number 7.');
    expect(answers).toEqual([]);
  });

  test('that isn’t there yet is made by a command that is named', async () => {
    const { folder } = await restWorld({}, { properties: [] });
    expect((await typeCommand(list('--data', folder))).err).toContain('`keyrack properties create NUMBER NAME`');
  });
});
