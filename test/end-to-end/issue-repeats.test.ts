import { request } from 'node:http';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { describe, expect, test } from 'vitest';
import type { FrontDesk } from '../world/house.ts';
import { houseForEachTest } from '../world/house-for-each-test.ts';
import { ISSUE, signedFor } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/** The same makeRoomCard or readCard sent more than once (docs/room-card-api.md, "Open outcomes, repeats and waits"). */

const world = houseForEachTest();

const FIRST = serialOf('8F42E9D3');
const SECOND = serialOf('0418D59198CC87');

const place = (desk: FrontDesk, serial: typeof FIRST) => desk.cards.place(serial, { encoder: PUBLISHED.encoder });
const serialIn = (body: string) => JSON.parse(body).data.serialNum;

/** Sends the request and hangs up when told, as a client does whose own time-out is too short. */
function impatientCaller(): { hangUp(): void } {
  const url = new URL('/Home/Qrm/makeRoomCard', world.house.url);
  const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  sent.on('error', () => {});
  sent.end(signedFor('makeRoomCard', ISSUE, PUBLISHED.authToken));
  return { hangUp: () => sent.destroy() };
}

describe('the same makeRoomCard', () => {
  test('while the first is under way is one more card: a couple gets two keys', async () => {
    const desk = await world.openWithoutCard();
    const first = world.house.command('makeRoomCard');
    await world.waiting(1);
    const second = world.house.command('makeRoomCard');
    await world.waiting(2);
    place(desk, FIRST);
    expect(serialIn((await first).body)).toBe(FIRST);
    place(desk, SECOND);
    expect(serialIn((await second).body)).toBe(SECOND);
    expect(new Set(world.operations().map(({ id }) => id)).size).toBe(2);
    expect(await desk.hands.knock('001001R007', FIRST)).toMatchObject({ opens: true });
    expect(await desk.hands.knock('001001R007', SECOND)).toMatchObject({ opens: true });
  });

  test('after the first succeeded is one more card', async () => {
    const desk = await world.openWithoutCard();
    place(desk, FIRST);
    const first = await world.house.command('makeRoomCard');
    place(desk, SECOND);
    const second = await world.house.command('makeRoomCard');
    expect([serialIn(first.body), serialIn(second.body)]).toEqual([FIRST, SECOND]);
    expect(second.operationId).not.toBe(first.operationId);
  });

  test('joins the first when its caller hung up, and no second card is made', async () => {
    const desk = await world.openWithoutCard();
    const first = impatientCaller();
    await world.waiting(1);
    first.hangUp();
    await until('the server has noticed', () => world.operations()[0]?.caller === 'left');
    const again = world.house.command('makeRoomCard');
    await until('the repeat has joined', () => world.operations()[0]?.caller === 'waiting');
    place(desk, FIRST);
    expect(serialIn((await again).body)).toBe(FIRST);
    expect(world.operations()).toHaveLength(1);
    expect(world.house.rows('cardRecords').filter(({ serial }) => serial === FIRST)).toHaveLength(1);
  });

  test('tells what became of the first when its caller hung up before the end, once', async () => {
    const desk = await world.openWithoutCard();
    const first = impatientCaller();
    await world.waiting(1);
    first.hangUp();
    await until('the server has noticed', () => world.operations()[0]?.caller === 'left');
    place(desk, FIRST);
    await until('it is done', () => world.operations()[0]?.state === 'succeeded');
    const { ...use } = desk.use;
    const told = await world.house.command('makeRoomCard');
    expect(told).toMatchObject({ operationId: world.operations()[0]?.id });
    expect(serialIn(told.body)).toBe(FIRST);
    expect(desk.use, 'no hardware was touched again').toEqual(use);

    place(desk, SECOND);
    expect(serialIn((await world.house.command('makeRoomCard')).body), 'from then on it is one more card').toBe(SECOND);
  });

  test.each<[what: string, changes: Record<string, string>]>([
    ['for another end', { endTime: '9912312358' }],
    ['for another holder', { owner: 'Ada' }],
    ['for another room', { roomNo: 'R006' }],
    ['with isLost', { isLost: '1' }],
  ])('joins nothing when it is %s', async (_what, changes) => {
    await world.openWithoutCard({ cardWaitSeconds: 0.5, answerWaitSeconds: 1 });
    const first = impatientCaller();
    await world.waiting(1);
    first.hangUp();
    await until('the server has noticed', () => world.operations()[0]?.caller === 'left');
    await world.house.command('makeRoomCard', changes);
    expect(world.operations()).toHaveLength(2);
  });
});

describe('the same readCard', () => {
  test('while the first is under way joins it: the card is read once', async () => {
    const desk = await world.openWithoutCard();
    const first = world.house.command('readCard');
    await world.waiting(1);
    const second = world.house.command('readCard', { issueMac: '7c:77:8a:6c:7d:9c' });
    await until(
      'the second has joined',
      () => (world.operations()[0]?.callerAt ?? 0) > (world.operations()[0]?.acceptedAt ?? 0),
    );
    place(desk, PUBLISHED.serial);
    const answers = await Promise.all([first, second]);
    expect(answers[1]).toMatchObject({ body: answers[0].body, operationId: answers[0].operationId });
    expect(JSON.parse(answers[0].body)).toMatchObject({ status: 200, data: { serialNum: '4567' } });
    expect(world.operations()).toHaveLength(1);
  });

  test('after the first ended reads the card that lies there now', async () => {
    const desk = await world.openWithoutCard();
    place(desk, PUBLISHED.serial);
    expect(serialIn((await world.house.command('readCard')).body)).toBe('4567');
    place(desk, FIRST);
    expect(serialIn((await world.house.command('readCard')).body)).toBe(FIRST);
  });
});
