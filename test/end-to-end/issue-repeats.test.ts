import { request } from 'node:http';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { describe, expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { type Fields, ISSUE, READ, refusal, signedFor } from '../world/room-card-client.ts';
import type { FrontDesk } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/** The same makeRoomCard or readCard sent more than once (docs/room-card-api.md, "Open outcomes, repeats and waits"). */

const world = propertyForEachTest();

const FIRST = serialOf('8F42E9D3');
const SECOND = serialOf('0418D59198CC87');
const THIRD = serialOf('04A1B2C3D4E5F6');

const place = (desk: FrontDesk, serial: typeof FIRST) => desk.cards.place(serial, { encoder: PUBLISHED.encoder });
const serialIn = (body: string) => JSON.parse(body).data.serialNum;

/** Sends the request and hangs up when told, as a client does whose own time-out is too short. */
function impatientCaller(name: 'makeRoomCard' | 'readCard' = 'makeRoomCard'): { hangUp(): void } {
  const url = new URL(`/Home/Qrm/${name}`, world.property.url);
  const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  sent.on('error', () => {});
  sent.end(signedFor(name, name === 'makeRoomCard' ? ISSUE : READ, PUBLISHED.authToken));
  return { hangUp: () => sent.destroy() };
}

/** Lays the card there, having taken away what lay there, and issues. */
function issueOn(desk: FrontDesk, serial: typeof FIRST, changes: Fields = {}) {
  place(desk, serial);
  return world.property.command('makeRoomCard', changes);
}

/** A desk where the first card was issued to a caller who had hung up. */
async function issuedToNobody(): Promise<FrontDesk> {
  const desk = await world.openWithoutCard();
  const first = impatientCaller();
  await world.waiting(1);
  first.hangUp();
  await until('the server has noticed', () => world.operations()[0]?.caller === 'left');
  place(desk, FIRST);
  await until('it is done', () => world.operations()[0]?.state === 'succeeded');
  return desk;
}

describe('the same makeRoomCard', () => {
  test('while the first is under way is one more card: a couple gets two keys', async () => {
    const desk = await world.openWithoutCard();
    const first = world.property.command('makeRoomCard');
    await world.waiting(1);
    const second = world.property.command('makeRoomCard');
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
    const first = await world.property.command('makeRoomCard');
    place(desk, SECOND);
    const second = await world.property.command('makeRoomCard');
    expect([serialIn(first.body), serialIn(second.body)]).toEqual([FIRST, SECOND]);
    expect(second.operationId).not.toBe(first.operationId);
  });

  test('joins the first when its caller hung up, and no second card is made', async () => {
    const desk = await world.openWithoutCard();
    const first = impatientCaller();
    await world.waiting(1);
    first.hangUp();
    await until('the server has noticed', () => world.operations()[0]?.caller === 'left');
    const again = world.property.command('makeRoomCard');
    await until('the repeat has joined', () => world.operations()[0]?.caller === 'waiting');
    place(desk, FIRST);
    expect(serialIn((await again).body)).toBe(FIRST);
    expect(world.operations()).toHaveLength(1);
    expect(world.property.rows('cardRecords').filter(({ serial }) => serial === FIRST)).toHaveLength(1);
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
    const told = await world.property.command('makeRoomCard');
    expect(told).toMatchObject({ operationId: world.operations()[0]?.id });
    expect(serialIn(told.body)).toBe(FIRST);
    expect(desk.use, 'no hardware was touched again').toEqual(use);

    place(desk, SECOND);
    expect(serialIn((await world.property.command('makeRoomCard')).body), 'from then on it is one more card').toBe(
      SECOND,
    );
  });

  test('tells of the earlier card, and when it was written, and says that no other was touched', async () => {
    const desk = await issuedToNobody();
    const told = JSON.parse((await world.property.command('makeRoomCard')).body);
    expect(told).toMatchObject({
      status: 200,
      message: expect.stringContaining('no other card was touched'),
      data: { serialNum: FIRST, repeated: '1', writtenAt: expect.stringMatching(/^[0-9]{10}$/) },
    });
    place(desk, SECOND);
    expect(JSON.parse((await world.property.command('makeRoomCard')).body).data).not.toHaveProperty('repeated');
  });

  test.each<[what: string, change: (desk: FrontDesk) => Promise<unknown>]>([
    ['cancelled', () => world.property.cancel({ serialNum: FIRST })],
    [
      'written again',
      async (desk) => {
        await world.property.cancel({ serialNum: FIRST });
        return issueOn(desk, FIRST, { owner: 'Ada' });
      },
    ],
    ['superseded', (desk) => issueOn(desk, SECOND, { owner: 'Ada' })],
  ])('says so, once, when the earlier card was %s since', async (_what, change) => {
    const desk = await issuedToNobody();
    await change(desk);
    const writes = desk.use.writes;
    expect((await world.property.command('makeRoomCard')).body).toBe(
      refusal(
        6202,
        'Issue card error',
        `The card was made, but it was cancelled, replaced or written again since; read card ${FIRST} to see what it is.`,
      ),
    );
    expect(desk.use.writes, 'no card was touched').toBe(writes);
    desk.cards.place(THIRD, { encoder: PUBLISHED.encoder, chip: 'ntag-215' });
    expect(serialIn((await world.property.command('makeRoomCard')).body), 'then it is one more card').toBe(THIRD);
  });

  test('is carried out anew where the first ended without a write after its caller hung up', async () => {
    const desk = await world.openWithoutCard({ cardWaitSeconds: 0.5, answerWaitSeconds: 5 });
    const first = impatientCaller();
    await world.waiting(1);
    first.hangUp();
    await until('its time is over', () => world.operations()[0]?.state === 'expired');
    place(desk, FIRST);
    expect(serialIn((await world.property.command('makeRoomCard')).body)).toBe(FIRST);
    expect(world.operations()).toHaveLength(2);
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
    await world.property.command('makeRoomCard', changes);
    expect(world.operations()).toHaveLength(2);
  });
});

describe('an issue while the last issued card still lies there', () => {
  const failed = (message: string) => refusal(6202, 'Issue card error', message);
  const notLifted = (serial: string) =>
    failed(`Card ${serial} was just issued; take it away, put the next card on the encoder, and send again.`);

  test('is no second key on the same plastic: it waits for the next card', async () => {
    const desk = await world.openWithoutCard();
    place(desk, FIRST);
    const [first, second] = [world.property.command('makeRoomCard'), world.property.command('makeRoomCard')];
    const made = await Promise.race([first, second]);
    expect(serialIn(made.body)).toBe(FIRST);
    place(desk, SECOND);
    const both = await Promise.all([first, second]);
    expect(both.map(({ body }) => serialIn(body)).sort()).toEqual([SECOND, FIRST].sort());
  });

  test('makes one card of five requests for five guests, and the others say why', async () => {
    const desk = await world.openWithoutCard({ cardWaitSeconds: 5, answerWaitSeconds: 12 });
    place(desk, FIRST);
    const guests = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve'];
    const answers = await Promise.all(guests.map((owner) => world.property.command('makeRoomCard', { owner })));
    const bodies = answers.map(({ body }) => body);
    expect(bodies.filter((body) => JSON.parse(body).status === 200)).toHaveLength(1);
    expect(bodies.filter((body) => body === notLifted(FIRST))).toHaveLength(4);
    expect(world.property.rows('cardRecords').filter(({ serial }) => serial === FIRST)).toHaveLength(1);
  });

  test('never writes the key that it asks for once more, lifted or not', async () => {
    const desk = await world.openWithoutCard({ cardWaitSeconds: 1, answerWaitSeconds: 8 });
    await issueOn(desk, FIRST);
    place(desk, FIRST);
    expect((await world.property.command('makeRoomCard')).body).toBe(
      failed(
        `Card ${FIRST} is this key already; hand it out, or put another card there. To write it anew, cancel it first.`,
      ),
    );
  });

  test('takes it once it was lifted and put back, for an extension', async () => {
    const desk = await world.openWithoutCard();
    await issueOn(desk, FIRST);
    expect(serialIn((await issueOn(desk, FIRST, { endTime: '3112311200' })).body)).toBe(FIRST);
  });

  test('takes it once it was cancelled where it lies', async () => {
    const desk = await world.openWithoutCard();
    await issueOn(desk, FIRST);
    expect((await world.property.cancel({ serialNum: FIRST })).body).toBe('{"status":200,"info":"success"}');
    expect(serialIn((await world.property.command('makeRoomCard', { owner: 'Ada' })).body)).toBe(FIRST);
  });

  test('takes it after it was read at another encoder', async () => {
    const desk = await world.openWithoutCard();
    await issueOn(desk, FIRST);
    desk.cards.remove(PUBLISHED.encoder);
    desk.cards.place(FIRST, { encoder: PUBLISHED.secondEncoder });
    expect(serialIn((await world.property.command('readCard', { issueMac: PUBLISHED.secondEncoder })).body)).toBe(
      FIRST,
    );
    expect(serialIn((await issueOn(desk, FIRST, { owner: 'Ada' })).body)).toBe(FIRST);
  });

  test('waits for it to be lifted after a restart of the agent too, where it lies there still', async () => {
    const desk = await world.openWithoutCard({ cardWaitSeconds: 1, answerWaitSeconds: 8 });
    await issueOn(desk, FIRST);
    await desk.stop();
    const again = await world.property.openDesk();
    expect((await world.property.command('makeRoomCard', { owner: 'Ada' })).body).toBe(notLifted(FIRST));
    again.cards.remove(PUBLISHED.encoder);
    expect(serialIn((await issueOn(again, FIRST, { owner: 'Ben' })).body)).toBe(FIRST);
  });

  test('after a restart of the agent takes it where the field was empty', async () => {
    const desk = await world.openWithoutCard();
    await issueOn(desk, FIRST);
    desk.cards.remove(PUBLISHED.encoder);
    await desk.stop();
    const again = await world.property.openDesk();
    expect(serialIn((await issueOn(again, FIRST, { owner: 'Ada' })).body)).toBe(FIRST);
  });
});

describe('the same readCard', () => {
  test('while the first is under way joins it: the card is read once', async () => {
    const desk = await world.openWithoutCard();
    const first = world.property.command('readCard');
    await world.waiting(1);
    const second = world.property.command('readCard', { issueMac: '7c:77:8a:6c:7d:9c' });
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
    expect(serialIn((await world.property.command('readCard')).body)).toBe('4567');
    place(desk, FIRST);
    expect(serialIn((await world.property.command('readCard')).body)).toBe(FIRST);
  });

  test('tells of the card that lies there when its first caller gave up, and that one saw another card', async () => {
    const desk = await world.openWithoutCard();
    const first = impatientCaller('readCard');
    await world.waiting(1);
    first.hangUp();
    await until('the server has noticed', () => world.operations()[0]?.caller === 'left');
    place(desk, FIRST);
    await until('it is read', () => world.operations()[0]?.state === 'succeeded');
    place(desk, PUBLISHED.serial);
    for (let i = 0; i < 2; i += 1) {
      expect(serialIn((await world.property.command('readCard')).body)).toBe(PUBLISHED.serial);
    }
  });

  test('waits for a card where its first caller gave up and nothing lies there any more', async () => {
    const desk = await world.openWithoutCard({ cardWaitSeconds: 1, answerWaitSeconds: 8 });
    const first = impatientCaller('readCard');
    await world.waiting(1);
    first.hangUp();
    await until('the server has noticed', () => world.operations()[0]?.caller === 'left');
    place(desk, FIRST);
    await until('it is read', () => world.operations()[0]?.state === 'succeeded');
    desk.cards.remove(PUBLISHED.encoder);
    expect((await world.property.command('readCard')).body).toContain('No card was put on the encoder');
  });
});
