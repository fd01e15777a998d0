import { factoryCard } from '@keyrack/agent';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { describe, expect, test } from 'vitest';
import { openProcessesProperty } from '../world/processes-property.ts';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { cardInDoubt, type Fields, outcomeOpen, refusal, SUCCESS } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/**
 * What becomes of a cancel that was accepted, for want of the right card or in its write, over HTTP against a running
 * server with a front desk, each with its exact body (docs/room-card-api.md).
 */

const world = propertyForEachTest();

const body = async (changes?: Fields) => (await world.property.cancel(changes)).body;
const cancelled = (message: string) => refusal(6200, 'Cancelled card error', message);

describe('the wait for the card', () => {
  test('ends without any card: the answer tells how long it was', async () => {
    await world.openWithoutCard({ cardWaitSeconds: 0.4 });
    const answer = await world.property.cancel();
    expect(answer.body).toBe(
      cancelled('No card was put on the encoder within 0.4 seconds; send again with the card on it.'),
    );
    expect(world.operations()).toMatchObject([{ id: answer.operationId, state: 'expired', cause: 'no-card' }]);
  });

  test('ends with another card on the encoder, which is left as it is', async () => {
    const desk = await world.openWithoutCard({ cardWaitSeconds: 0.6 });
    const other = serialOf('42873467');
    const before = desk.contentOf(other);
    desk.cards.place(other, { encoder: PUBLISHED.encoder });
    expect(await body()).toBe(cancelled('Another card lies on the encoder; put card 4567 there and send again.'));
    expect(desk.contentOf(other)).toBe(before);
    expect(desk.use.writes).toBe(0);
  });

  test('goes on when another card is replaced by the right one', async () => {
    const desk = await world.openWithoutCard();
    desk.cards.place(serialOf('42873467'), { encoder: PUBLISHED.encoder });
    const asked = world.property.cancel();
    await until('the wrong card was seen', () => world.operations()[0]?.cause === 'other-card');
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect((await asked).body).toBe(SUCCESS);
  });

  test("ends with a card that none of the property's keys opens", async () => {
    const desk = await world.openWithoutCard({ cardWaitSeconds: 0.6 });
    const stranger = factoryCard(PUBLISHED.serial, 'classic-1k');
    stranger.memory.fill(0x5a, 7 * 16, 7 * 16 + 6);
    desk.cards.box.keep(stranger);
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect(await body()).toBe(
      cancelled('The card on the encoder opens with no key of this property; use another card.'),
    );
    expect(desk.use.writes).toBe(0);
  });
});

describe('a write', () => {
  const DAMAGED = cancelled('Writing was interrupted and the card is damaged; put it on the encoder and send again.');

  test('that the card refuses leaves it as it is', async () => {
    const desk = await world.openFailing(1);
    const before = desk.contentOf(PUBLISHED.serial);
    expect(await body()).toBe(
      cancelled('The card was not written and is as it was; leave it there and send again, or use another card.'),
    );
    expect(desk.contentOf(PUBLISHED.serial)).toBe(before);
    expect(world.operations()).toMatchObject([{ state: 'rejected' }]);
    expect(await body()).toBe(SUCCESS);
  });

  test('that fails half way damages the card, which can be cancelled again', async () => {
    const desk = await world.openFailing(3);
    expect(await body()).toBe(DAMAGED);
    expect(world.property.rows('cards').find(({ serial }) => serial === PUBLISHED.serial)?.plastic).toBe('damaged');
    expect(await body()).toBe(SUCCESS);
    expect(desk.contentOf(PUBLISHED.serial)).toMatch(/^factory:0+$/);
  });

  test('that is torn leaves the outcome open until the card is put down again', async () => {
    const desk = await world.openWithoutCard({ cardWaitSeconds: 1, answerWaitSeconds: 1.5 });
    desk.cards.tear(PUBLISHED.serial, 2, 'first-half');
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    const answer = await world.property.cancel();
    expect(answer.body).toBe(cardInDoubt(PUBLISHED.serial));
    expect(world.operations()).toMatchObject([{ id: answer.operationId, state: 'unknown', cause: 'outcome-unknown' }]);

    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    await until('it is settled', () => world.operations()[0]?.state === 'damaged');
    expect(await world.property.cancel()).toMatchObject({ body: DAMAGED, operationId: answer.operationId });
    expect(await body(), 'the caller has heard it: the same request is a new one').toBe(SUCCESS);
  });

  test("that takes longer than the caller waits is told as open, and then as the agent's journal tells it", async () => {
    await world.openProperty({ cardWaitSeconds: 0.5, answerWaitSeconds: 0.8 });
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
    const desk = await world.property.openDesk({ onWrite: (moment) => (moment === 'before' ? mayGoOn : undefined) });
    const answer = await world.property.cancel();
    expect(answer.body).toBe(outcomeOpen(0.8));
    expect(world.operations()).toMatchObject([{ id: answer.operationId, state: 'granted' }]);

    goOn();
    await until('it is recorded', () => world.operations()[0]?.state === 'succeeded');
    const { ...use } = desk.use;
    expect(await world.property.cancel()).toMatchObject({ body: SUCCESS, operationId: answer.operationId });
    expect(await world.property.cancel()).toMatchObject({ body: SUCCESS, operationId: answer.operationId });
    expect(desk.use, 'no hardware was touched again').toEqual(use);
    expect(world.operations()).toHaveLength(1);
  });

  test('whose agent is killed and stays away is told as open', async () => {
    await world.openProperty();
    const processes = await openProcessesProperty(world.template, { cardWaitSeconds: 0.5, answerWaitSeconds: 1.5 });
    try {
      await processes.startServer();
      const agent = await processes.startAgent('block after 2');
      await processes.online();
      const answer = await processes.cancel();
      expect(await agent.ended).toBe('SIGKILL');
      expect(answer.body).toBe(outcomeOpen(1.5));
      expect(await processes.cancel()).toMatchObject({ body: outcomeOpen(1.5), operationId: answer.operationId });
      await processes.startAgent();
      await until('it is settled', () => processes.operation()?.state === 'damaged');
      expect(await processes.cancel()).toMatchObject({ body: DAMAGED, operationId: answer.operationId });
    } finally {
      await processes.close();
    }
  });
});
