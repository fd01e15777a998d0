import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preparedCard } from '@keyrack/agent';
import { BLANK, type Serial } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { drawToken } from '@keyrack/server/runtime/draw-token.ts';
import { apiKeyRow, restWorld } from '@keyrack/server/testing/rest-world.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../world/processes.ts';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import type { FrontDesk } from '../world/test-property.ts';

/** The programs in examples/, each as a process of its own, against a server with a front desk of simulated encoders. */

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const world = propertyForEachTest({ cardWaitSeconds: 4, answerWaitSeconds: 6 });
const UNTIL = '2099-12-31T12:00:00+08:00';
const [FIRST, SECOND] = ['8F42E9D3', '8F42E9D4'].map(serialOf) as [Serial, Serial];

interface Program {
  /** Resolves when it has printed that. */
  says(text: string | RegExp): Promise<void>;
  write(line: string): void;
  printed(): string;
  /** Ends its input, and resolves with its exit code. */
  ended(): Promise<number | null>;
  kill(): void;
}

function runExample(file: string, args: readonly string[], env: Record<string, string>): Program {
  const child = spawn(process.execPath, [join(EXAMPLES, file), ...args], { env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const closed = once(child, 'close').then(([code]) => code as number | null);
  return {
    says: (text) => expect.poll(() => printed).toMatch(text),
    write: (line) => void child.stdin.write(`${line}\n`),
    printed: () => printed,
    ended() {
      child.stdin.end();
      return closed;
    },
    kill: () => void child.kill('SIGTERM'),
  };
}

async function settings(scopes: readonly string[] = ['cards']): Promise<Record<string, string>> {
  const key = drawToken();
  const { property } = world.template.hotel;
  await world.property.put(apiKeyRow(key, { scopes, properties: [property.id] } as never));
  const encoder = world.property.rows('encoders').find(({ mac }) => mac === PUBLISHED.encoder);
  return {
    KEYRACK_URL: world.property.url,
    KEYRACK_KEY: key,
    KEYRACK_PROPERTY: property.number,
    KEYRACK_ENCODER: String(encoder?.id),
  };
}
const room = (no = 'R003') => world.property.rows('rooms').find((each) => each.no === no);

function lay(desk: FrontDesk, serial: Serial): void {
  desk.cards.remove(PUBLISHED.encoder);
  desk.cards.place(serial, { encoder: PUBLISHED.encoder });
}
function keepBlank(desk: FrontDesk): void {
  for (const serial of [FIRST, SECOND]) desk.cards.box.keep(preparedCard(serial, 'classic-1k', BLANK));
}

describe('a PMS', () => {
  const checkIn = (env: Record<string, string>, reservation: string, guest: string) =>
    runExample('pms/check-in.ts', [reservation, 'R003', UNTIL, guest], env);

  test('checks a guest in and out', async () => {
    const desk = await world.openWithoutCard();
    keepBlank(desk);
    const env = await settings();
    const arrival = checkIn(env, 'R-1', 'Ada');
    await arrival.says('Lay a card on encoder');
    lay(desk, FIRST);
    expect([await arrival.ended(), arrival.printed()]).toEqual([0, expect.stringContaining(`Card ${FIRST} opens`)]);
    expect(desk.contentOf(FIRST)).not.toBe(BLANK);

    // Cut off and started again, it tells of the same card, although another lies there.
    lay(desk, SECOND);
    const again = checkIn(env, 'R-1', 'Ada');
    expect([await again.ended(), again.printed()]).toEqual([0, expect.stringContaining(`Card ${FIRST} opens`)]);
    expect(desk.contentOf(SECOND)).toBe(BLANK);

    const next = checkIn(env, 'R-2', 'Grace');
    expect(await next.ended()).toBe(0);
    expect(next.printed()).toContain(`This stops card ${FIRST} of Ada.`);

    const departure = runExample('pms/check-out.ts', ['R003'], env);
    expect([await departure.ended(), departure.printed()]).toEqual([0, expect.stringContaining('is blank')]);
    expect(desk.contentOf(SECOND)).toBe(BLANK);
    const none = runExample('pms/check-out.ts', ['R003'], env);
    expect([await none.ended(), none.printed()]).toEqual([0, expect.stringContaining('No card of')]);
  });

  test('gives a guest a later end and another room, each once', async () => {
    const desk = await world.openWithoutCard();
    keepBlank(desk);
    const env = await settings();
    const stay = async (until: string, no = 'R003') =>
      world.property
        .rows('cardRecords')
        .filter(
          ({ roomId, status, validUntil }) =>
            roomId === room(no)?.id && status === 'active' && validUntil === Date.parse(until),
        )
        .map(({ serial, owner }) => ({ serial, owner }));
    lay(desk, FIRST);
    const early = '2099-12-01T12:00:00+08:00';
    expect(await runExample('pms/check-in.ts', ['R-1', 'R003', early, 'Ada'], env).ended()).toBe(0);
    expect(await stay(early)).toEqual([{ serial: FIRST, owner: 'Ada' }]);

    desk.cards.remove(PUBLISHED.encoder);
    const longer = runExample('pms/extend.ts', ['R-1', 'R003', UNTIL], env);
    await longer.says(`Lay card ${FIRST} of`);
    lay(desk, FIRST);
    expect([await longer.ended(), longer.printed()]).toEqual([0, expect.stringContaining(`until ${UNTIL}`)]);
    expect([await stay(early), await stay(UNTIL)]).toEqual([[], [{ serial: FIRST, owner: 'Ada' }]]);
    const again = runExample('pms/extend.ts', ['R-1', 'R003', UNTIL], env);
    expect([await again.ended(), again.printed()]).toEqual([0, expect.stringContaining('No card of')]);

    const records = world.property.rows('cardRecords');
    const given = ({ id }: { readonly id: string }) => records.some((each) => each.roomId === id);
    const rooms = world.property.rows('rooms').filter(({ no }) => no !== 'R003');
    const [taken, free] = [rooms.find(given), rooms.find((each) => !given(each))].map((each) => each?.no ?? '') as [
      string,
      string,
    ];
    const refused = runExample('pms/change-room.ts', ['R-1', 'R003', taken], env);
    expect([await refused.ended(), refused.printed()]).toEqual([1, expect.stringContaining('is not free')]);
    const move = runExample('pms/change-room.ts', ['R-1', 'R003', free], env);
    expect([await move.ended(), move.printed()]).toEqual([0, expect.stringContaining('no longer.')]);
    expect([await stay(UNTIL), await stay(UNTIL, free)]).toEqual([[], [{ serial: FIRST, owner: 'Ada' }]]);
    const back = runExample('pms/change-room.ts', ['R-1', 'R003', free], env);
    expect([await back.ended(), back.printed()]).toEqual([1, expect.stringContaining('Check the guest in instead.')]);
    expect(world.operations().map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'issue succeeded',
      'issue succeeded',
      'cancel succeeded',
      'issue succeeded',
    ]);
  });

  test('is told what to do where no card is laid down, or given back', async () => {
    const desk = await world.openWithoutCard();
    keepBlank(desk);
    const env = await settings();
    const arrival = checkIn(env, 'R-1', 'Ada');
    expect([await arrival.ended(), arrival.printed()]).toEqual([1, expect.stringContaining('No card was laid down')]);
    const second = checkIn(env, 'R-1-2', 'Ada');
    lay(desk, FIRST);
    expect(await second.ended()).toBe(0);
    desk.cards.remove(PUBLISHED.encoder);
    const departure = runExample('pms/check-out.ts', ['R003'], env);
    expect([await departure.ended(), departure.printed()]).toEqual([
      1,
      expect.stringContaining('Ask an administrator'),
    ]);
    const byAdministrator = runExample('pms/check-out.ts', ['R003'], await settings(['admin', 'cards']));
    expect(await byAdministrator.ended()).toBe(0);
    expect(byAdministrator.printed()).toContain('counts as lost');
  });
});

test('at a kiosk a guest makes two keys, and nobody makes one for a room that another has', async () => {
  const desk = await world.openWithoutCard();
  keepBlank(desk);
  const bookings = join(world.property.folders.server, 'bookings.json');
  const booked = { room: room()?.id, until: UNTIL };
  writeFileSync(
    bookings,
    JSON.stringify([
      { ...booked, code: 'AAA', guest: 'Ada' },
      { ...booked, code: 'GGG', guest: 'Grace' },
    ]),
  );
  const kiosk = runExample('kiosk/kiosk.ts', [bookings], await settings());
  await kiosk.says('Enter your booking code.');
  kiosk.write('XXX');
  await kiosk.says('We do not know this code.');
  kiosk.write('AAA');
  await kiosk.says('Lay a card on the reader.');
  lay(desk, FIRST);
  await kiosk.says(`This is your key (${FIRST}).`);
  lay(desk, SECOND);
  kiosk.write('AAA');
  await kiosk.says(`This is your key (${SECOND}).`);
  kiosk.write('GGG');
  await kiosk.says('Your room is not free yet.');
  desk.cards.remove(PUBLISHED.encoder);
  kiosk.write('AAA');
  await kiosk.says('No card was laid down.');
  expect(await kiosk.ended()).toBe(0);
  const records = world.property.rows('cardRecords').filter(({ roomId }) => roomId === room()?.id);
  expect(
    records
      .filter(({ status }) => status === 'active')
      .map(({ serial }) => serial)
      .sort(),
  ).toEqual([FIRST, SECOND]);
});

test('a receiver of webhooks prints each event of a real server once, and believes nobody else', async () => {
  const server = await restWorld({}, { settings: { KEYRACK_WEBHOOK_NETWORKS: '127.0.0.1' } });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const webhooks = '/v1/properties/1001/webhooks';
  const made = await server.send(webhooks, { method: 'POST', json: { url, types: ['property.changed'] } });
  const { id: webhook, secret } = made.body;
  const start = (with_: string) =>
    runExample('webhook-receiver/receive.ts', [], { PORT: String(port), WEBHOOK_SECRET: with_ });
  const test = async () => (await server.send(`${webhooks}/${webhook}/test`, { method: 'POST' })).body;
  const rename = (name: string) => server.send('/v1/properties/1001', { method: 'PATCH', json: { name } });

  // With another secret it refuses what is sent, and goes on.
  const wrong = start(`whsec_${Buffer.alloc(32, 1).toString('base64')}`);
  await wrong.says(url);
  for (let i = 0; i < 2; i += 1) expect(await test()).toMatchObject({ status: 400 });
  expect(wrong.printed().match(/Not believed \(signature\)/g)).toHaveLength(2);
  wrong.kill();
  expect(await wrong.ended()).toBe(0);

  const receiver = start(secret);
  await receiver.says(url);
  await rename('One');
  await receiver.says(/property\.changed .*One/);
  const [{ number }] = (await server.send(`/v1/properties/1001/events?types=property.changed`)).body.data;
  await server.send(`${webhooks}/${webhook}/deliveries/${number}/replay`, { method: 'POST' });
  const forged = {
    'webhook-id': 'x',
    'webhook-timestamp': String(Math.floor(Date.now() / 1_000)),
    'webhook-signature': 'v1,AAAA',
  };
  expect((await fetch(url, { method: 'POST', headers: forged, body: '{}' })).status).toBe(400);
  await receiver.says('Not believed (signature)');
  await rename('Two');
  await receiver.says(/property\.changed .*Two/);
  const delivered = async () => (await server.send(`${webhooks}/${webhook}/deliveries?state=delivered`)).body.data;
  await expect
    .poll(async () => (await delivered()).map(({ attempts }: { attempts: number }) => attempts))
    .toHaveLength(2);
  expect(receiver.printed().match(/property\.changed/g)).toHaveLength(2);
  receiver.kill();
  expect(await receiver.ended()).toBe(0);
});

test('every program of the page is run here', () => {
  const page = readFileSync(join(EXAMPLES, 'README.md'), 'utf8');
  const programs = [...page.matchAll(/^\| \[.*?\]\((.+?\.ts)\)/gm)].map(([, file]) => file);
  const run = readFileSync(fileURLToPath(import.meta.url), 'utf8').matchAll(/runExample\('(.+?)'/g);
  expect([...new Set([...run].map(([, file]) => file))].toSorted()).toEqual(programs.toSorted());
});
