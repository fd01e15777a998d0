import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../documents/testing/document.ts';
import { commandsOf, keyrackWordsOf } from '../documents/testing/printed-commands.ts';
import { typeCommand } from '../world/typed-command.ts';
import { until } from '../world/until.ts';
import { demoForFile } from './testing/demo-for-file.ts';

/** Cards at encoders by commands, as somebody at a desk gives them; and the lines of docs/command-line.md, in their order. */

const { folder, env, json } = demoForFile();
const AT = ['--encoder', PUBLISHED.encoder];
const layNew = async (serial: string) => {
  await json('sandbox', 'new-card', '--chip', 'ntag-215', '--serial', serial, ...AT);
  await json('sandbox', 'lay', serial, ...AT);
};
const takeAway = () => json('sandbox', 'take-away', ...AT);
/** The operation that waits for its card. */
const waiting = (is: (operation: { copy: { number: number } | null }) => boolean = () => true) =>
  until('an operation waits', async () => (await json('operations', 'list', '--state', 'accepted')).find(is));

test('the lines of the page: preview, two copies, a longer stay and another room', async () => {
  const lines = commandsOf(readDocument('docs/command-line.md')).map((line) => keyrackWordsOf(line) ?? []);
  expect(lines.map(([, name]) => name)).toEqual(['preview', 'issue', 'extend', 'move']);
  const [preview = [], issue = [], extend = [], move = []] = lines;
  expect(await json(...preview)).toMatchObject({ stops: [{ serial: PUBLISHED.serial, status: 'superseded' }] });

  await takeAway();
  // What is known of the guest and of the door goes with each of their cards.
  const guest = { holder: 'Ada', areaCode: '86', mobile: '13800000001', normallyOpen: true };
  const progress: string[] = [];
  const told = ['--area-code', '+86', '--mobile', '13800000001', '--normally-open'];
  const issuing = typeCommand([...issue, ...told], env, { progress: (text) => void progress.push(text) });
  await waiting(({ copy }) => copy?.number === 1);
  await layNew('04A1B2C3D4E501');
  await waiting(({ copy }) => copy?.number === 2);
  await layNew('04A1B2C3D4E502');
  const made = await issuing;
  expect(made).toMatchObject({
    code: 0,
    err: 'Card 1 of 2: succeeded, 04A1B2C3D4E501\nCard 2 of 2: succeeded, 04A1B2C3D4E502\n',
  });
  expect(JSON.parse(made.out)).toMatchObject({ state: 'done', of: 2, operations: [{}, {}] });
  expect(progress).toContain('Card 2 of 2: lay a card on Left encoder …');

  await layNew('04A1B2C3D4E503');
  expect(await json(...extend)).toMatchObject({ state: 'succeeded', superseded: [] });
  expect(await json('cards', 'show', '04A1B2C3D4E503')).toMatchObject({
    record: { ...guest, validUntil: '2099-01-02T00:00:00.000Z', status: 'active' },
  });

  // Nobody can be asked here, and somebody feels it.
  expect(await typeCommand(move, env)).toMatchObject({ code: 2, out: '' });
  await json('sandbox', 'lay', '04A1B2C3D4E501', ...AT);
  expect(await json(...move, '-y')).toMatchObject({
    kind: 'issue',
    state: 'succeeded',
    room: { name: 'Garden Wing 108' },
  });
  expect(await json('cards', 'show', '04A1B2C3D4E501')).toMatchObject({ record: { ...guest, status: 'active' } });
  await json('sandbox', 'lay', '04A1B2C3D4E501', ...AT);
});

describe('a card that moves', () => {
  test('to a room that refuses it is not erased', async () => {
    const past = ['operations', 'move', '04A1B2C3D4E501', '001/001/R007', '--until', '2020-01-01', '-y', ...AT];
    expect(await typeCommand(past, env)).toMatchObject({ code: 1, out: '' });
    expect(await json('cards', 'show', '04A1B2C3D4E501')).toMatchObject({
      plastic: 'written',
      record: { status: 'active' },
    });
  });

  test('and is not there is told with its operation, and nothing is issued', async () => {
    await takeAway();
    const moving = typeCommand(['operations', 'move', '04A1B2C3D4E501', '001/001/R007', '-y', ...AT], env);
    const { id } = (await waiting()) as unknown as { id: string };
    await json('operations', 'withdraw', id, '-y');
    const told = await moving;
    expect(told).toMatchObject({ code: 1, err: expect.stringContaining('was not erased, and nothing was issued') });
    expect(JSON.parse(told.out)).toMatchObject({ id, kind: 'cancel', state: 'withdrawn' });
  });
});

test('the encoder is named by number, name or MAC; of several, one has to be named', async () => {
  for (const said of ['4220', 'left encoder', PUBLISHED.encoder])
    expect(await json('encoders', 'show', said)).toMatchObject({ id: 4220 });
  const none = await typeCommand(['operations', 'read'], env);
  expect(none).toMatchObject({ code: 2, out: '' });
  expect(none.err).toContain(`  4220  Left encoder, ${PUBLISHED.encoder}`);
});

test('at a terminal, an issue that stops other guests’ cards asks first, and says which', async () => {
  const asked: string[] = [];
  const person = {
    ask: async (question: string) => {
      asked.push(question);
      return 'n';
    },
    askHidden: async () => '',
  };
  const issue = ['operations', 'issue', '001/001/R007', '--until', '2099-01-03', ...AT];
  const told = await typeCommand(issue, env, { person, screen: { columns: 100, colours: false } });
  expect(told).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Nothing was done.') });
  expect(told.err).toMatch(/^For Garden Wing 107, this stops 2 cards:\n {2}04A1B2C3D4E50[23] {2}Ada {2}at /);
  expect(asked).toEqual([`Issue it? (${folder}) [y/N] `]);
});

test('Ctrl-C withdraws what waits, so that no card that is laid there later is written', async () => {
  await takeAway();
  const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
  const args = [main, 'operations', 'issue', '001/001/R007', '--until', '2099-01-03', '--copies', '3', ...AT];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = once(child, 'close');
  const { id, copy } = (await waiting()) as unknown as { id: string; copy: { set: string } };
  child.kill('SIGINT');
  const [code] = await ended;
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('It was withdrawn.') });
  expect(await json('operations', 'show', id)).toMatchObject({ state: 'withdrawn' });
  expect(await json('operations', 'copies', copy.set)).toMatchObject({ state: 'stopped', left: 2 });
});

test('a person sees tables of what is in a thing, and programs its JSON', async () => {
  const screen = { columns: 120, colours: false };
  const shown = await typeCommand(['cards', 'show', '04A1B2C3D4E501'], env, { screen });
  expect(shown.out).toMatch(/^history\nISSUED .*STATUS/m);
  expect(shown.out).not.toContain('{"');
  const rooms = await typeCommand(['rooms', 'cards', '001/001/R008'], env, { screen });
  expect(rooms.out).toMatch(/^current\nISSUED +/m);
});
