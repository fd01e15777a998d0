import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { expect, test } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { freePort } from '../world/processes.ts';
import { command } from '../world/room-card-client.ts';

/** What is done at a terminal with locks and with the records of a room's cards, on a running demonstration. */

const PROPERTY = ['--property', PUBLISHED.propertyNumber];

test('a lock gets its keys from the server, and nobody on the way learns them', async () => {
  const data = keyrackFolder();
  const demo = keyrack(['demo'], { PORT: String(await freePort()), PAGE_PORT: 'off', KEYRACK_DATA: data });
  await demo.says('Ctrl-C stops it.');
  const run = (...args: string[]) => keyrack(args, { KEYRACK_DATA: data }).ended;

  const key = join(data, 'programmer.key');
  const made = await run('locks', 'new-key', key);
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(statSync(key).mode & 0o777).toBe(0o600);
  expect(await run('locks', 'new-key', key)).toMatchObject({
    code: 1,
    err: `${key} is there already; name another file, so that no key is lost.\n`,
  });

  const recipient = ['--for', made.out.trim()];
  const file = join(data, 'R007.json');
  const exported = await run('locks', 'export', '001/001/R007', ...PROPERTY, ...recipient);
  expect(JSON.parse(exported.out)).toEqual({
    door: 'Garden Wing 107',
    lockType: 'QRBLOCK',
    recipient: made.out.trim(),
    sealed: expect.stringMatching(/^[0-9A-Za-z_-]{200,}$/),
  });
  writeFileSync(file, exported.out);
  expect(JSON.parse((await run('locks', 'open', file, '--key', key)).out)).toMatchObject({
    kind: 'room',
    lockNumber: 7,
    keys: [{ version: 1 }],
  });
  expect(await run('sim', 'program', '001001R007', file, '--key', key)).toMatchObject({
    code: 0,
    out: 'door 001001R007 takes cards of key version 1\n',
  });
  expect(await run('sim', 'program', 'lobby', file, '--key', key)).toMatchObject({
    code: 1,
    err: 'this export is for a room door\n',
  });

  const other = join(data, 'other.key');
  await run('locks', 'new-key', other);
  expect(await run('locks', 'open', file, '--key', other)).toMatchObject({
    code: 1,
    err: `${file} was sealed for another key than that of ${other}.\n`,
  });
  expect(await run('locks', 'export', '001/001/R099', ...PROPERTY, ...recipient)).toMatchObject({
    code: 1,
    err: 'No such room in this property; check building, floor and room number.\n',
  });
  expect((await run('locks', 'export', 'R007', ...PROPERTY, ...recipient)).code).toBe(2);
  demo.child.kill('SIGINT');
  await demo.ended;
});

test('doors say at the terminal what they do, and records what was done', async () => {
  const data = keyrackFolder();
  const port = await freePort();
  const demo = keyrack(['demo'], { PORT: String(port), PAGE_PORT: 'off', KEYRACK_DATA: data });
  await demo.says('Ctrl-C stops it.');
  const run = (...args: string[]) => keyrack(args, { KEYRACK_DATA: data }).ended;

  expect(await run('sim', 'knock', '001001R007', '4567')).toMatchObject({ code: 0, out: 'door 001001R007 opens\n' });
  expect(await run('sim', 'knock', 'lobby', '4567')).toMatchObject({ code: 0, out: 'door lobby opens\n' });
  expect(await run('sim', 'knock', '001001R006', '4567')).toMatchObject({
    code: 1,
    out: 'door 001001R006 stays shut: the card is for another room\n',
  });

  const url = `http://127.0.0.1:${port}`;
  const made = JSON.parse((await command(url, 'makeRoomCard', { owner: 'Ada Example' })).body);
  expect(made).toMatchObject({ status: 200, data: { serialNum: '4567' } });
  await command(url, 'readCard');
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());
  const records = async (...more: string[]) =>
    JSON.parse((await run('cards', 'records', '001/001/R007', ...PROPERTY, '--from', today, ...more)).out);
  expect((await records()).map(({ kind }: { kind: string }) => kind)).toEqual(['read', 'superseded', 'issued']);
  expect(await records('--kind', 'issued')).toMatchObject([
    { kind: 'issued', serial: '4567', holder: 'Ada Example', requester: { kind: 'member', name: 'Front Desk' } },
  ]);
  expect((await run('cards', 'records', '001/001/R007', ...PROPERTY, '--from', '2020-5-1')).code).toBe(2);
  expect(
    await run('cards', 'records', '001/001/R007', ...PROPERTY, '--from', today, '--until', '2020-05-01'),
  ).toMatchObject({ code: 2, err: 'The first day comes after the last one.\n' });

  expect(JSON.parse((await run('cards', 'retire', '4567', ...PROPERTY)).out)).toEqual({
    serial: '4567',
    mayOpenUntil: '2099-12-31T15:59:00.000Z',
  });
  expect((await records('--kind', 'retired', 'superseded')).map(({ kind }: { kind: string }) => kind)).toEqual([
    'retired',
    'superseded',
  ]);
  demo.child.kill('SIGINT');
  await demo.ended;
});
