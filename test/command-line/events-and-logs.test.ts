import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { INN, restWorldForFile } from '@keyrack/server/testing/rest-world.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { scratchFolder } from '../world/scratch.ts';
import { typeCommand } from '../world/typed-command.ts';
import { until } from '../world/until.ts';

/** Events and audit logs by commands, on a server of one property. */

const world = restWorldForFile({}, { properties: [INN] });
const scratch = scratchFolder();
afterAll(() => scratch.remove());

const env = () => ({ KEYRACK_DATA: world().folder, XDG_CONFIG_HOME: scratch.path });
const type = (...args: string[]) => typeCommand(args, env());
async function json(...args: string[]) {
  const { code, out, err } = await type(...args);
  expect({ args, code, err }).toEqual({ args, code: 0, err: '' });
  return JSON.parse(out);
}
const rename = (name: string) => json('properties', 'change', INN.number, '--name', name);

describe('events', () => {
  test('are listed from the newest back, over as many parts as there are, some types alone', async () => {
    for (let i = 0; i < 5; i += 1) await rename(`Inn ${i}`);
    await json('members', 'create', 'Ada', '--role', 'receptionist', '--email', 'ada@example.com');
    for (let i = 0; i < 210; i += 1)
      await world().send(`/v1/properties/${INN.number}`, { method: 'PATCH', json: { name: `Inn of ${i}` } });
    const all = await json('events', 'list', '--limit', '1000');
    const numbers = all.map(({ number }: { number: number }) => number);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => numbers.length - i));
    expect(numbers.length).toBeGreaterThan(215);
    expect(await json('events', 'list', '--type', 'member.created')).toMatchObject([{ type: 'member.created' }]);
    const usual = await type('events', 'list');
    expect(JSON.parse(usual.out)).toHaveLength(50);
    expect(usual.err).toContain('--limit says how many to print');
    const wrong = await type('events', 'list', '--type', 'member.born');
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toMatch(/^--type can't be used: it names no type of event/);
  });

  test('are followed, a line of JSON each, until so many came or the command is stopped', async () => {
    const next = type('events', 'follow', '--limit', '1', '--type', 'member.changed');
    let names = 0;
    const change = () => {
      names += 1;
      return type('members', 'change', 'ada@example.com', '--name', `Ada ${names}`);
    };
    const changing = setInterval(() => void change(), 300);
    const { code, out, err } = await next.finally(() => clearInterval(changing));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ type: 'member.changed' });

    const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
    const child = spawn(process.execPath, [main, 'events', 'follow', '--after', '0'], {
      env: { ...process.env, ...env() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await until('events were told', () => said.split('\n').length > 20);
    const ended = once(child, 'close');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(JSON.parse(said.split('\n')[0] ?? '')).toMatchObject({ number: 1, property: INN.id });
  });

  test('tell a person on one line each', async () => {
    const screen = { columns: 80, colours: false };
    const { out } = await typeCommand(['events', 'follow', '--after', '0', '--limit', '2'], env(), { screen });
    const lines = out.trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}\d+ {2}[a-z_.]+ {2}\{/);
  });
});

describe('an audit log', () => {
  test('is exported whole, to standard output or into a file that is not there yet, and goes on behind it', async () => {
    const { out } = await type('audit', 'export');
    const records = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ number }) => number)).toEqual(Array.from({ length: records.length }, (_, i) => i + 1));
    expect(records.at(-1)).toMatchObject({ propertyId: INN.id, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });

    const file = join(scratch.path, 'log.ndjson');
    const told = await json('audit', 'export', '--out', file);
    expect(told).toEqual({ file, records: records.length, last: records.length });
    expect(readFileSync(file, 'utf8')).toBe(out);
    expect(existsSync(`${file}.part`)).toBe(false);
    const again = await type('audit', 'export', '--out', file);
    expect(again).toMatchObject({ code: 2, out: '', err: expect.stringContaining('is there already') });

    expect(await type('audit', 'export', '--after', String(records.length))).toMatchObject({ code: 0, out: '' });
    await rename('Inn again');
    const more = await type('audit', 'export', '--after', String(records.length));
    expect(JSON.parse(more.out)).toMatchObject({ number: records.length + 1 });
    const nowhere = await type('audit', 'export', '--out', join(scratch.path, 'no', 'folder'));
    expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('no/folder.part') });
  });

  test('of the installation is searched and exported, too', async () => {
    const listed = await json('audit', 'list', '--installation', '--action', 'api-key-created');
    expect(listed.length).toBeGreaterThan(0);
    const { out } = await type('audit', 'export', '--installation');
    expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({ number: 1 });
    expect((await type('audit', 'list', '--installation', '--property', '1001')).code).toBe(2);
  });
});

test('a webhook that does not take its test message ends the command with 1 and why', async () => {
  const { id, secret } = await json('webhooks', 'add', 'https://hooks.invalid/keyrack', '--type', 'card.superseded');
  expect(secret).toMatch(/^whsec_/);
  expect(JSON.stringify(await json('webhooks', 'show', id))).not.toContain(secret);
  const told = await type('webhooks', 'test', 'https://hooks.invalid/keyrack');
  expect(told).toMatchObject({ code: 1, err: expect.stringContaining('Nothing arrived') });
  expect(JSON.parse(told.out)).toMatchObject({ delivered: false });
  expect(await json('webhooks', 'pause', id)).toMatchObject({ state: 'paused' });
  expect(await json('webhooks', 'resume', id)).toMatchObject({ state: 'active' });
  expect((await type('webhooks', 'remove', id)).code).toBe(2);
  expect(await json('webhooks', 'remove', id, '-y')).toEqual({ removed: id });
});

test('what is wrong ends with 2 and a sentence, and asks nothing', async () => {
  for (const line of [
    'events follow --limit 0',
    'audit export --after soon',
    'audit show last',
    'webhooks add',
    'webhooks add http://127.0.0.1/',
    'webhooks replay x none',
    'guests keep long',
    'guests keep 30',
    'guests delete -y',
    'guests delete --mobile 13900000001 -y',
    'sandbox fail --encoder 1',
    'sandbox disconnect 0',
    'sandbox lay XYZ',
    'operations issue 1/1/1 --until tomorrow',
    'operations issue 1/1/1 --until 2099-01-01 --copies 99',
    'operations move XYZ 1/1/1',
    'cards preview 1/1/1',
    'buildings show a/b',
    'floors show 1',
    'persons link',
    'login https://keys.example.com --property 1001',
    'login https://keys.example.com --mobile 13900000001',
    'login https://keys.example.com --email a@b --invited',
  ]) {
    const { code, out, err } = await type(...line.split(' '));
    expect([line, code, out, err]).toEqual([line, 2, '', expect.stringMatching(/^\S[\s\S]*\.\n/)]);
  }
});

test('only somebody who logged in with a password has sessions', async () => {
  for (const line of ['me show', 'sessions list', 'sessions end current -y'])
    expect(await type(...line.split(' '))).toMatchObject({
      code: 1,
      err: expect.stringContaining('`keyrack login URL --email'),
    });
});
