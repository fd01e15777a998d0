import { request } from 'node:http';
import { BLANK } from '@keyrack/protocol';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { describe, expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { CANCEL, refusal, SUCCESS, signed } from '../world/room-card-client.ts';
import type { FrontDesk } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/** The same cancel sent more than once, and callers that don't wait (docs/room-card-api.md, "Open outcomes, repeats"). */

const world = propertyForEachTest();

const waiting = () => until('an operation waits', () => world.operations().some(({ state }) => state === 'accepted'));
const put = (desk: FrontDesk) => desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
const NO_CARD = (seconds: number) =>
  refusal(
    6200,
    'Cancelled card error',
    `No card was put on the encoder within ${seconds} seconds; send again with the card on it.`,
  );

const caller = () => world.operations()[0]?.caller;

/** Sends the published cancel and hangs up when told, as a client does whose own time-out is too short. */
function impatientCaller(): { hangUp(): void } {
  const url = new URL('/Home/Qrm/cancelCard', world.property.url);
  const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  sent.on('error', () => {});
  sent.end(signed(CANCEL));
  return { hangUp: () => sent.destroy() };
}

describe('a cancel that succeeded', () => {
  test('is answered with success again, touches no hardware, and is recorded as a repeat', async () => {
    const desk = await world.open();
    const first = await world.property.cancel();
    expect(first).toMatchObject({ http: 200, body: SUCCESS });
    expect(desk.contentOf(PUBLISHED.serial)).toBe(BLANK);
    const { ...use } = desk.use;
    expect(use.writes).toBe(4);

    // However the request is spelled: the card is what it is about.
    for (const changes of [{}, {}, { serialNum: '4567', issueMac: '7c:77:8a:6c:7d:9c' }]) {
      expect(await world.property.cancel(changes)).toMatchObject({ body: SUCCESS, operationId: first.operationId });
    }
    expect(desk.use).toEqual(use);
    expect(world.operations()).toHaveLength(1);
    const repeats = world.property.rows('audit').filter(({ action }) => action === 'operation-repeated');
    expect(repeats).toHaveLength(3);
    expect(repeats[0]?.operationId).toBe(first.operationId);
  });

  test('is answered so where the card is gone and the agent offline', async () => {
    const desk = await world.open();
    const first = await world.property.cancel();
    await desk.stop();
    expect(await world.property.cancel()).toMatchObject({ body: SUCCESS, operationId: first.operationId });
  });
});

describe('the same request while the first is under way', () => {
  test('joins it: one operation, one write, one answer for both', async () => {
    const desk = await world.openWithoutCard();
    const first = world.property.cancel();
    await waiting();
    const second = world.property.cancel({ issueMac: '7c-77-8a-6c-7d-9c' });
    const third = world.property.cancel({ creatorPassword: PUBLISHED.passwordMd5.toUpperCase() });
    put(desk);
    const answers = await Promise.all([first, second, third]);
    expect(answers.map(({ body }) => body)).toEqual([SUCCESS, SUCCESS, SUCCESS]);
    expect(new Set(answers.map(({ operationId }) => operationId)).size).toBe(1);
    expect(new Set(answers.map(({ requestId }) => requestId)).size).toBe(3);
    expect(world.operations()).toHaveLength(1);
    expect(desk.use.writes).toBe(4);
  });

  test('joins nothing without the right password', async () => {
    const desk = await world.openWithoutCard();
    const first = world.property.cancel();
    await waiting();
    expect((await world.property.cancel({ creatorPassword: 'f'.repeat(32) })).body).toContain('4011');
    put(desk);
    expect((await first).body).toBe(SUCCESS);
  });
});

describe('a caller who hangs up', () => {
  test('withdraws nothing: the operation goes on, and the repeat joins it', async () => {
    const desk = await world.openWithoutCard();
    const first = impatientCaller();
    await waiting();
    first.hangUp();
    await until('the server has noticed', () => caller() === 'left');
    const again = world.property.cancel();
    await until('the repeat has joined', () => caller() === 'waiting');
    put(desk);
    expect((await again).body).toBe(SUCCESS);
    expect(world.operations()).toHaveLength(1);
    expect(desk.use.writes).toBe(4);
  });

  test('is told by the repeat what became of it, once', async () => {
    await world.openWithoutCard({ cardWaitSeconds: 0.5 });
    const first = impatientCaller();
    await waiting();
    first.hangUp();
    await until('the time is over', () => world.operations()[0]?.state === 'expired');
    const [operation] = world.operations();
    expect(await world.property.cancel()).toMatchObject({ body: NO_CARD(0.5), operationId: operation?.id });
    expect(world.operations()).toHaveLength(1);
    const anew = await world.property.cancel();
    expect(anew.body).toBe(NO_CARD(0.5));
    expect(anew.operationId).not.toBe(operation?.id);
  });

  test('takes nothing from another who waits for the same operation', async () => {
    await world.openWithoutCard({ cardWaitSeconds: 1 });
    const first = impatientCaller();
    await waiting();
    const { callerAt } = world.operations()[0] ?? {};
    const other = world.property.cancel();
    await until('the other has joined', () => world.operations()[0]?.callerAt !== callerAt);
    first.hangUp();
    const told = await other;
    expect(told.body).toBe(NO_CARD(1));

    // The other has heard the outcome, so the same request is a new one.
    const anew = await world.property.cancel();
    expect(anew.operationId).not.toBe(told.operationId);
  });

  test('loses nothing when the outcome comes in the same moment', async () => {
    const desk = await world.openWithoutCard();
    const first = impatientCaller();
    await waiting();
    put(desk);
    first.hangUp();
    await until('it is done', () => world.operations()[0]?.state === 'succeeded');
    expect(await world.property.cancel()).toMatchObject({ body: SUCCESS, operationId: world.operations()[0]?.id });
    expect(desk.use.writes).toBe(4);
  });
});
