import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preparedCard } from '@keyrack/agent';
import { BLANK, type Serial } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { drawToken } from '@keyrack/server/runtime/draw-token.ts';
import { apiKeyRow } from '@keyrack/server/testing/rest-world.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
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
const room = () => world.property.rows('rooms').find(({ no }) => no === 'R003');

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

test('a receiver of webhooks prints each event once, and believes nobody else', async () => {
  const secret = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`;
  const receiver = runExample('webhook-receiver/receive.ts', [], { PORT: '0', WEBHOOK_SECRET: secret });
  await receiver.says(/http:\/\/127\.0\.0\.1:\d+\//);
  const [url = ''] = /http:\S+/.exec(receiver.printed()) ?? [];
  const body = JSON.stringify({ type: 'card.begun', timestamp: '2026-11-30T08:15:00.000Z', data: { serial: FIRST } });
  const deliver = async (id: string, key = secret) => {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const hmac = createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'));
    const signature = `v1,${hmac.update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };
  const id = randomUUID();
  expect([await deliver(id), await deliver(id), await deliver(randomUUID(), 'whsec_AAAA')]).toEqual([204, 204, 400]);
  expect(receiver.printed().match(/card\.begun/g)).toHaveLength(1);
  expect(receiver.printed()).toContain('Not believed (signature)');
  receiver.kill();
  expect(await receiver.ended()).toBe(0);
});
