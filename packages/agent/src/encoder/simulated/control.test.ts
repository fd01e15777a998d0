import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BLANK, type Mac, type Serial } from '@keyrack/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import type { ControlEndpoint } from '../../control/endpoint.ts';
import { CONTROL_LIMITS } from '../../control/messages.ts';
import { KEY, keyedContent, MAC } from '../testing/one-card.ts';
import { memoryCardBox } from './card-box.ts';
import { startControl } from './control.ts';
import { type ControlClient, controlClient } from './control-client.ts';
import { CONTROL_FILE } from './control-messages.ts';
import { preparedCard } from './prepared-card.ts';
import { createSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

const SERIAL = '4567' as Serial;
const NEW = '04AABB' as Serial;
const SECOND = 'KIOSK0000002' as Mac;
let folder = '';
let desk: SimulatedDesk;
let endpoint: ControlEndpoint;
let client: ControlClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyrack-control-'));
  const box = memoryCardBox([preparedCard(SERIAL, 'ntag-213', keyedContent(), KEY)]);
  const encoders = [
    { mac: MAC, name: 'Desk' },
    { mac: SECOND, name: 'Kiosk' },
  ];
  desk = createSimulatedDesk({ encoders, box, clock: systemClock });
  endpoint = await startControl(desk, folder, systemClock, { proofMs: 300, lingerMs: 100 });
  client = controlClient(folder);
});
afterEach(async () => {
  await endpoint.close();
  await desk.close();
  rmSync(folder, { recursive: true });
});

/** What the endpoint answers to raw text, until it hangs up or has answered a line. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(endpoint.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
      if (answer.endsWith('\n')) socket.end();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

const token = () => JSON.parse(readFileSync(join(folder, CONTROL_FILE), 'utf8')).token as string;

describe('a running desk', () => {
  test('is worked from another process', async () => {
    const card = { serial: SERIAL, chip: 'ntag-213', encoder: null, content: keyedContent(), isNew: false, tear: null };
    const [first, second] = [
      { mac: MAC, name: 'Desk', card: null },
      { mac: SECOND, name: 'Kiosk', card: null },
    ];
    expect(await client.list()).toEqual({ encoders: [first, second], cards: [card] });
    expect(await client.place(SERIAL, { encoder: MAC })).toEqual({ ...card, encoder: MAC });
    expect(desk.encoders[0]?.card()).toEqual({ serial: SERIAL, chip: 'ntag-213' });

    expect(await client.place(SERIAL, { encoder: SECOND })).toEqual({ ...card, encoder: SECOND });
    expect(desk.encoders.map((encoder) => encoder.card()?.serial)).toEqual([undefined, SERIAL]);

    const made = await client.place(NEW, { encoder: SECOND, chip: 'ultralight-ev1' });
    expect(made).toEqual({
      serial: NEW,
      chip: 'ultralight-ev1',
      encoder: SECOND,
      content: BLANK,
      isNew: true,
      tear: null,
    });
    expect((await client.list()).cards.map(({ serial, encoder }) => [serial, encoder])).toEqual([
      [SERIAL, null],
      [NEW, SECOND],
    ]);
    expect(await client.remove(SECOND)).toBe(NEW);
    expect(await client.remove(SECOND)).toBeNull();
    expect(await client.tear(NEW, 3, 'first-half')).toMatchObject({ tear: { writes: 3, mode: 'first-half' } });
    expect((await client.add('0102' as Serial, 'classic-1k')).content).toBe(BLANK);
  });

  test('shows the memory of a card', async () => {
    const { card, dump } = await client.show(SERIAL);
    expect(card.content).toBe(keyedContent());
    const lines = dump.split('\n');
    expect(lines).toHaveLength(45);
    expect(lines[4]).toBe('04  01 06 0b 10');
    expect(lines[0x29]).toBe('29  04 00 00 04');
  });

  test('says why it does not do something', async () => {
    await expect(client.place(NEW, { encoder: MAC })).rejects.toThrow('there is no card 04AABB; name a chip');
    await expect(client.place(SERIAL)).rejects.toThrow(`which encoder? ${MAC}, ${SECOND}`);
    await expect(client.remove('000000000000' as Mac)).rejects.toThrow('no simulated encoder 000000000000');
    await expect(client.add(SERIAL, 'ntag-213')).rejects.toThrow('there is a card 4567 already');
    await expect(client.place(SERIAL, { encoder: MAC, chip: 'classic-1k' })).rejects.toThrow('is a ntag-213');
    await expect(client.tear(SERIAL, 0, 'old')).rejects.toMatchObject({ code: 'refused' });
    await expect(client.show('45' as Serial)).rejects.toMatchObject({
      code: 'refused',
      message: 'there is no card 45',
    });
  });

  test('carries out several commands of one connection, in order', async () => {
    const line = (request: object) => `${JSON.stringify({ token: token(), request })}\n`;
    const place = { command: 'place', serial: SERIAL, encoder: MAC };
    const answer = await raw(line(place) + line({ command: 'remove', encoder: MAC }));
    expect(
      answer
        .trim()
        .split('\n')
        .map((text) => JSON.parse(text).ok),
    ).toEqual([true, true]);
    expect(desk.encoders[0]?.card()).toBeNull();
  });
});

describe('the endpoint', () => {
  test('closes although its file can no longer be read', async () => {
    rmSync(join(folder, CONTROL_FILE));
    mkdirSync(join(folder, CONTROL_FILE));
    await expect(endpoint.close()).resolves.toBeUndefined();
    await expect(client.list()).rejects.toMatchObject({ code: 'EISDIR' });
  });

  test('is in a file that only its user can read, and takes it away in the end', async () => {
    if (process.platform !== 'win32') expect(statSync(join(folder, CONTROL_FILE)).mode & 0o777).toBe(0o600);
    await endpoint.close();
    await expect(client.list()).rejects.toMatchObject({ code: 'not-running' });
  });

  test('leaves the file of another process alone', async () => {
    const file = join(folder, CONTROL_FILE);
    writeFileSync(file, JSON.stringify({ version: 1, port: endpoint.port, token: 'A'.repeat(43) }));
    await expect(client.list()).rejects.toThrow('wrong token');
    await endpoint.close();
    expect(readFileSync(file, 'utf8')).toContain('AAAA');
    await expect(client.list()).rejects.toMatchObject({ code: 'not-running' });
  });

  test.each([
    ['a wrong token', () => `${JSON.stringify({ token: 'x', request: { command: 'list' } })}\n`, 'wrong token'],
    ['what is no JSON', () => 'hello\n', 'not a line of JSON'],
    ['an unknown command', () => `${JSON.stringify({ token: token(), request: { command: 'burn' } })}\n`, 'command'],
    [
      'a serial in lower case',
      () => `${JSON.stringify({ token: token(), request: { command: 'show', serial: 'ab' } })}\n`,
      'serial',
    ],
    ['a line without an end', () => 'x'.repeat(CONTROL_LIMITS.requestBytes + 1), 'at most'],
    ['a long line with an end', () => `${'x'.repeat(CONTROL_LIMITS.requestBytes + 1)}\n`, 'at most'],
  ])('refuses %s', async (_, text, reason) => {
    const answer = JSON.parse(await raw(text()));
    expect(answer.ok).toBe(false);
    expect(answer.message).toContain(reason);
  });
});

describe('a connection that shows no token', () => {
  test.each([
    ['says nothing', ''],
    ['never ends its line', '{"token":'],
    ['goes on after it was refused', '{}\n'],
    ['shows a wrong one and goes on', `{"token":"${'A'.repeat(43)}","request":{"command":"list"}}\n`],
  ])('is ended when it %s, however lively it is', async (_, text) => {
    const socket = connect({ port: endpoint.port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(text));
    const gone = new Promise((resolve) => socket.on('close', resolve).on('error', resolve));
    socket.resume();
    const lively = setInterval(() => socket.write(' '), 20);
    await gone;
    clearInterval(lively);
    expect((await client.list()).cards).toHaveLength(1);
  });

  test('while one that showed it stays', async () => {
    const socket = connect(endpoint.port, '127.0.0.1');
    const ask = `{"token":"${token()}","request":{"command":"list"}}\n`;
    for (const ms of [0, 400]) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      socket.write(ask);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toContain('"ok":true');
    }
    socket.destroy();
  });
});
